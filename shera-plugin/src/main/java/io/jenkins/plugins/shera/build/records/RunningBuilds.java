package io.jenkins.plugins.shera.build.records;

import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.Actionable;
import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.build.retention.ImageUses;
import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * What builds that run or wait need, though no cluster names it yet: what they made and are about to deploy, what they are making, and what their
 * parameters and scripts name. Read as the system, because a build of any tenant counts; another's is told of without its name.
 */
final class RunningBuilds {
    private RunningBuilds() {}

    static void read(ImageUses uses, Tenant tenant, String name, List<RetentionPlan.Candidate> candidates) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            ImagesAtWork.get()
                    .on(name)
                    .ifPresent(build -> candidates.forEach(candidate ->
                            uses.scan(text(candidate.digest()), Messages.RunningBuilds_makes(shown(tenant, build)))));
            for (RetentionPlan.Candidate candidate : candidates) {
                if (runs(candidate.build())) {
                    uses.scan(text(candidate.digest()), Messages.RunningBuilds_made(shown(tenant, candidate.build())));
                }
            }
            said().forEach((build, texts) ->
                    texts.forEach(said -> uses.scan(text(said), Messages.RunningBuilds_names(shown(tenant, build)))));
        }
    }

    /** Whether the build of that id is not at its end; one that is gone, or whose id is none, does not run. */
    static boolean runs(String build) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> run = Run.fromExternalizableId(build);
            return run != null && run.isBuilding();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The parameters and scripts of builds that run, and the parameters of those that wait, by the build. */
    private static Map<String, List<String>> said() {
        Map<String, List<String>> said = new TreeMap<>();
        for (Computer computer : Jenkins.get().getComputers()) {
            List<Executor> executors = new ArrayList<>(computer.getExecutors());
            executors.addAll(computer.getOneOffExecutors());
            for (Executor executor : executors) {
                if (executor.getCurrentExecutable() instanceof Run<?, ?> run) {
                    List<String> texts = parameters(run);
                    if (run.getParent() instanceof WorkflowJob job) {
                        texts.add(Projects.script(job));
                    }
                    said.put(run.getExternalizableId(), texts);
                }
            }
        }
        for (Queue.Item item : Jenkins.get().getQueue().getItems()) {
            if (item.task instanceof hudson.model.Job<?, ?> job) {
                said.computeIfAbsent(job.getFullName(), any -> new ArrayList<>())
                        .addAll(parameters(item));
            }
        }
        return said;
    }

    private static List<String> parameters(Actionable of) {
        List<String> texts = new ArrayList<>();
        for (ParametersAction action : of.getActions(ParametersAction.class)) {
            for (ParameterValue value : action.getAllParameters()) {
                if (!value.isSensitive() && value.getValue() != null) {
                    texts.add(value.getValue().toString());
                }
            }
        }
        return texts;
    }

    private static TextNode text(Object said) {
        return TextNode.valueOf(said.toString());
    }

    private static String shown(Tenant tenant, String build) {
        boolean own = !tenant.getFolder().isEmpty() && build.startsWith(tenant.getFolder() + "/");
        return own ? build : Messages.RunningBuilds_other();
    }
}
