package io.jenkins.plugins.shera.build.projects;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.Permission;
import io.jenkins.plugins.shera.build.script.BuildSettings;
import io.jenkins.plugins.shera.build.script.ScriptReader;
import io.jenkins.plugins.shera.build.script.ScriptWriter;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Names;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** The projects of one tenant: the Pipeline jobs right in its folder that carry a {@link ProjectProperty}. */
public final class Projects {
    private final Tenant tenant;

    /** Of this tenant, as the caller may see them. */
    public Projects(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Those the caller may see, by name. */
    public List<WorkflowJob> all() {
        List<WorkflowJob> found = new ArrayList<>();
        if (TenantFolder.of(tenant) instanceof ItemGroup<?> folder) {
            for (Item item : folder.getItems()) {
                if (item instanceof WorkflowJob job && job.getProperty(ProjectProperty.class) != null) {
                    found.add(job);
                }
            }
        }
        found.sort(Comparator.comparing(WorkflowJob::getName));
        return found;
    }

    /** A project; empty where there is none, or the caller may not see it. */
    public Optional<WorkflowJob> find(String name) {
        return all().stream().filter(job -> job.getName().equals(name)).findFirst();
    }

    /** The names of Pipeline jobs in the folder that are no projects yet. */
    public List<String> others() {
        List<String> found = new ArrayList<>();
        if (TenantFolder.of(tenant) instanceof ItemGroup<?> folder) {
            for (Item item : folder.getItems()) {
                if (item instanceof WorkflowJob job && job.getProperty(ProjectProperty.class) == null) {
                    found.add(job.getName());
                }
            }
        }
        return found;
    }

    /** Makes a project of a request that has its {@code name} too; {@code checkOnly} says only whether it could. Answers the name. */
    public String create(Fields fields, boolean checkOnly) throws IOException {
        String name = fields.text("name");
        ProjectRequest wanted = ProjectRequest.read(tenant, fields);
        fields.done();
        if (wanted.settings() == null) {
            throw Refusal.input("settings", Messages.Projects_settings(), Messages.Projects_settings_next());
        }
        create(name, wanted, checkOnly);
        return name;
    }

    private void create(String name, ProjectRequest request, boolean checkOnly) throws IOException {
        Names.label("name", name);
        Folder folder = folder();
        need(folder, Item.CREATE);
        if (folder.getItem(name) != null) {
            throw Refusal.conflict("name", Messages.Projects_taken(name), Messages.Projects_taken_next());
        }
        if (checkOnly) {
            return;
        }
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(definition(request.settings()));
        job.addProperty(request.property());
        job.save();
        audit("project.create", name).after(ScriptJson.of(script(job))).done();
    }

    /** Replaces settings and triggers; a script that is kept by hand stays, when the request has no settings. */
    public void update(WorkflowJob job, Fields fields, boolean checkOnly) throws IOException {
        String name = fields.text("name");
        if (!name.isEmpty() && !name.equals(job.getName())) {
            throw Refusal.input("name", Messages.Projects_renamed(), Messages.Projects_renamed_next());
        }
        ProjectRequest wanted = ProjectRequest.read(tenant, fields);
        fields.done();
        update(job, wanted, checkOnly);
    }

    private void update(WorkflowJob job, ProjectRequest request, boolean checkOnly) throws IOException {
        need(job, Item.CONFIGURE);
        String before = script(job);
        if (request.settings() != null && ScriptReader.read(before).isEmpty()) {
            throw Refusal.conflict("settings", Messages.Projects_byHand(), Messages.Projects_byHand_next());
        }
        if (checkOnly) {
            return;
        }
        if (request.settings() != null) {
            job.setDefinition(definition(request.settings()));
        }
        job.removeProperty(ProjectProperty.class);
        job.addProperty(request.property());
        job.save();
        audit("project.update", job.getName())
                .before(ScriptJson.of(before))
                .after(ScriptJson.of(script(job)))
                .done();
    }

    private static CpsFlowDefinition definition(BuildSettings settings) throws IOException {
        try {
            return new CpsFlowDefinition(ScriptWriter.write(settings), true);
        } catch (Descriptor.FormException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Removes the job with its builds; images stay. */
    public void remove(WorkflowJob job) throws IOException, InterruptedException {
        need(job, Item.DELETE);
        String before = script(job);
        job.delete();
        audit("project.remove", job.getName()).before(ScriptJson.of(before)).done();
    }

    /** Starts a build. */
    public QueueTaskFuture<WorkflowRun> build(WorkflowJob job) {
        need(job, Item.BUILD);
        QueueTaskFuture<WorkflowRun> queued =
                job.isBuildable() ? job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause())) : null;
        if (queued == null) {
            throw Refusal.conflict(
                    job.getFullName(), Messages.Projects_notStarted(), Messages.Projects_notStarted_next());
        }
        AuditLine.of("project.build", job.getFullName()).tenant(tenant.getId()).done();
        return queued;
    }

    /** Stops a build; one that is over already stays as it is. */
    public void stop(WorkflowRun run) {
        need(run.getParent(), Item.CANCEL);
        run.doStop();
        AuditLine.of("build.stop", run.getExternalizableId())
                .tenant(tenant.getId())
                .done();
    }

    /** Makes a Pipeline job of the folder a project; its script stays as it is. */
    public void adopt(String name) throws IOException {
        Folder folder = folder();
        if (!(folder.getItem(name) instanceof WorkflowJob job)) {
            throw Refusal.unknown("job", Messages.Projects_noJob(), Messages.Projects_noJob_next());
        }
        need(job, Item.CONFIGURE);
        if (job.getProperty(ProjectProperty.class) == null) {
            job.addProperty(new ProjectProperty());
            job.save();
            audit("project.import", name).done();
        }
    }

    /** The job's script; empty for a script that lies in a repository. */
    public static String script(WorkflowJob job) {
        return job.getDefinition() instanceof CpsFlowDefinition definition ? definition.getScript() : "";
    }

    /** What starts a project, as a request gives it. */
    public static Map<String, Object> triggers(WorkflowJob job) {
        ProjectProperty property = job.getProperty(ProjectProperty.class);
        Map<String, Object> triggers = new LinkedHashMap<>();
        triggers.put("cron", property.getCron());
        triggers.put("poll", property.getPoll());
        triggers.put("upstream", property.getUpstream());
        triggers.put("webhookCredentialsId", property.getWebhookCredentialsId());
        return triggers;
    }

    /** What the script says, when it says no more than a project's page can. */
    public static Optional<BuildSettings> settings(WorkflowJob job) {
        return ScriptReader.read(script(job));
    }

    /** Refuses unless the caller has a permission of Jenkins on the item. */
    public static void need(Item item, Permission permission) {
        if (!item.hasPermission(permission)) {
            throw Refusal.forbidden(
                    item.getFullName(),
                    Messages.Projects_permission(permission.group.title + "/" + permission.name),
                    Messages.Projects_permission_next());
        }
    }

    private Folder folder() {
        if (TenantFolder.of(tenant) instanceof Folder folder) {
            return folder;
        }
        throw Refusal.unknown(
                "tenant " + tenant.getId(), Messages.Projects_noFolder(), Messages.Projects_noFolder_next());
    }

    private AuditLine audit(String what, String name) {
        return AuditLine.of(what, tenant.getId() + "/" + name).tenant(tenant.getId());
    }
}
