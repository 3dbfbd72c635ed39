package io.jenkins.plugins.shera.build.pages;

import hudson.model.Api;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.build.projects.RunLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** One build with all that is known of it, its log, and its end. */
@ExportedBean(defaultVisibility = 999)
public final class RunView extends RunFacts {
    RunView(Tenant tenant, WorkflowRun run) {
        super(tenant, run);
    }

    /** Reads for programs. */
    public Api getApi() {
        return new Api(this);
    }

    /** The build before, to compare with; null when there is none. */
    @Exported
    public RunFacts getPrevious() {
        WorkflowRun previous = run.getPreviousCompletedBuild();
        return previous == null ? null : new RunFacts(tenant, previous);
    }

    /** What was committed since the build before that made this image; null where nothing is known of that. */
    @Exported
    public CommitsView getCommits() {
        ImageAction image = getImage();
        return image == null ? null : image.getSince();
    }

    /** The layers in the registry, the lowest first; asked of the registry, empty where it does not answer. */
    @Exported
    public List<LayerFacts> getLayers() {
        ImageAction image = getImage();
        return image == null ? List.of() : LayerFacts.of(tenant, image);
    }

    /**
     * Where this image can be deployed from: the page of releases of the application that has the image's name; empty where there is no such
     * application, or no plugin that deploys.
     */
    @Exported
    public String getDeployUrl() {
        ImageAction image = getImage();
        if (image == null) {
            return "";
        }
        String name = image.getName().substring(image.getName().lastIndexOf('/') + 1);
        return DeployLink.of(tenant, SheraConfiguration.get().application(tenant.getId(), name), image.getReference());
    }

    /**
     * The log from a byte on ({@code ?start=}), at most 256 KiB; the header {@code X-Text-Size} says where to go on, and
     * {@code X-More-Data} is there while more may come.
     */
    @GET
    public void doLog(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        long start = 0;
        String query = request.getParameter("start");
        if (query != null && query.matches("[0-9]{1,15}")) {
            start = Long.parseLong(query);
        }
        RunLog.Slice slice = RunLog.read(run, start);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Text-Size", String.valueOf(slice.next()));
        if (slice.more()) {
            response.setHeader("X-More-Data", "true");
        }
        response.getOutputStream().write(slice.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Stops the build. */
    @RequirePOST
    public HttpResponse doStop(StaplerRequest2 request) {
        String subject = run.getExternalizableId();
        return WebWrite.of(request, "build.stop", subject)
                .tenant(tenant.getId())
                .permitted(SheraPermissions.BUILD, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    fields.done();
                    new Projects(tenant).stop(run);
                    return JsonAnswer.ok().put("url", getUrl());
                });
    }
}
