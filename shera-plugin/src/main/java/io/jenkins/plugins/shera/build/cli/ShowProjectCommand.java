package io.jenkins.plugins.shera.build.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Extension;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.build.script.BuildSettings;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.args4j.Argument;

/** {@code shera-show-project TENANT PROJECT}: the JSON that {@code shera-change-project} and {@code shera-create-project} take. */
@Extension
public class ShowProjectCommand extends ProjectCommand {
    @Argument(index = 1, metaVar = "PROJECT", usage = "name of the project", required = true)
    public String project;

    @Override
    public String getName() {
        return "shera-show-project";
    }

    @Override
    public String getShortDescription() {
        return Messages.ShowProjectCommand_description();
    }

    @Override
    protected int work() throws Exception {
        WorkflowJob job = project(owner(SheraPermissions.VIEW), project);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", job.getName());
        Optional<BuildSettings> settings = Projects.settings(job);
        if (settings.isPresent()) {
            shown.put("agent", settings.get().agent());
            shown.put("settings", settings.get().values());
        } else {
            stderr.println(Messages.ShowProjectCommand_byHand());
        }
        shown.put("triggers", Projects.triggers(job));
        stdout.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(shown));
        return 0;
    }
}
