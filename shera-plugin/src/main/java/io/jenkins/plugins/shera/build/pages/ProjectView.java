package io.jenkins.plugins.shera.build.pages;

import hudson.model.Api;
import hudson.model.Item;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.build.records.ImageOrigin;
import io.jenkins.plugins.shera.build.records.ImageOrigins;
import io.jenkins.plugins.shera.build.script.BuildSettings;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.pages.Addresses;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** One project: what it builds, what starts it, and its builds. */
@ExportedBean(defaultVisibility = 999)
public final class ProjectView extends ProjectLine {
    private static final int MOST = 50;

    ProjectView(Tenant tenant, WorkflowJob job) {
        super(tenant, job);
    }

    /** Reads for programs. */
    public Api getApi() {
        return new Api(this);
    }

    /** Address of the job's own page in Jenkins. */
    @Exported
    public String getJobUrl() {
        return Addresses.root() + "/" + job.getUrl();
    }

    @Exported
    public String getScript() {
        return Projects.script(job);
    }

    /** Whether the script says more than the project's page can, so that it is changed by hand alone. */
    @Exported
    public boolean isByHand() {
        return Projects.settings(job).isEmpty();
    }

    /** The label of the agents it runs on; empty for any. */
    @Exported
    public String getAgent() {
        return Projects.settings(job).map(BuildSettings::agent).orElse("");
    }

    /** What is built, by the parameters of {@code sheraBuild}. */
    @Exported
    public Map<String, Object> getSettings() {
        return Projects.settings(job).map(BuildSettings::values).orElse(Map.of());
    }

    /** What starts it. */
    @Exported
    public Map<String, Object> getTriggers() {
        return Projects.triggers(job);
    }

    /** Where a git server posts its pushes. */
    @Exported
    public String getWebhook() {
        return Addresses.root() + "/shera-webhook/post/build/" + tenant.getId() + "." + job.getName();
    }

    /** What the caller may do with it. */
    @Exported
    public Map<String, Boolean> getCan() {
        boolean builds = TenantFolder.allows(tenant, SheraPermissions.BUILD);
        return Map.of(
                "build", builds && job.hasPermission(Item.BUILD),
                "change", builds && job.hasPermission(Item.CONFIGURE),
                "remove", builds && job.hasPermission(Item.DELETE),
                "stop", builds && job.hasPermission(Item.CANCEL));
    }

    /** The newest 50 builds, the newest first. */
    @Exported
    public List<RunFacts> getRuns() {
        List<RunFacts> runs = new ArrayList<>();
        for (WorkflowRun run = job.getLastBuild(); run != null && runs.size() < MOST; run = run.getPreviousBuild()) {
            runs.add(new RunFacts(tenant, run));
        }
        return runs;
    }

    /** The SBOM of an image that a build of this project made, by {@code ?digest=}; CycloneDX in JSON. */
    @GET
    public void doSbom(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        SbomAnswer.send(tenant.getId(), made(SbomAnswer.digest(request)), request, response);
    }

    /** The reference of an image that a build of this project made. */
    private Optional<String> made(String digest) {
        if (!Digest.isDigest(digest)) {
            return Optional.empty();
        }
        for (RunFacts one : getRuns()) {
            for (ImageAction image : one.run.getActions(ImageAction.class)) {
                if (image.getReference().endsWith("@" + digest)) {
                    return Optional.of(image.getReference());
                }
            }
        }
        return ImageOrigins.get()
                .find(tenant.getId(), Digest.parse(digest))
                .filter(origin -> origin.build().startsWith(job.getFullName() + "#"))
                .map(ImageOrigin::reference);
    }

    /** One build. */
    public RunView getRun(String number) {
        WorkflowRun run = number.matches("[0-9]{1,9}") ? job.getBuildByNumber(Integer.parseInt(number)) : null;
        return run == null ? null : new RunView(tenant, run);
    }

    /** Replaces settings and triggers. */
    @RequirePOST
    public HttpResponse doUpdate(StaplerRequest2 request) {
        return write(request, "project.update").run(fields -> {
            new Projects(tenant).update(job, fields, WebWrite.checkOnly(request));
            return JsonAnswer.ok().put("url", getUrl());
        });
    }

    /** Removes the project with its builds. */
    @RequirePOST
    public HttpResponse doRemove(StaplerRequest2 request) {
        return write(request, "project.remove").run(fields -> {
            fields.done();
            try {
                new Projects(tenant).remove(job);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the job was deleted", e);
            }
            return JsonAnswer.ok().put("url", ProjectsPage.address(tenant));
        });
    }

    /** Starts a build. */
    @RequirePOST
    public HttpResponse doBuild(StaplerRequest2 request) {
        return write(request, "project.build").run(fields -> {
            fields.done();
            new Projects(tenant).build(job);
            return JsonAnswer.ok().put("url", getUrl()).put("number", job.getNextBuildNumber());
        });
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId() + "/" + job.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.BUILD, needed -> TenantFolder.allows(tenant, needed));
    }
}
