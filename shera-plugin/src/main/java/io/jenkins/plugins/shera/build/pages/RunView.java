package io.jenkins.plugins.shera.build.pages;

import hudson.model.Api;
import hudson.model.Item;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.io.InputStream;
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
    private static final int SLICE = 256 * 1024;
    private static final String NOTE = "\u001B[8m";

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
        boolean building = run.isBuilding();
        byte[] bytes;
        try (InputStream log = run.getLogInputStream()) {
            long skipped = skip(log, start);
            start = skipped;
            bytes = log.readNBytes(SLICE);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Text-Size", String.valueOf(start + bytes.length));
        if (building || bytes.length == SLICE) {
            response.setHeader("X-More-Data", "true");
        }
        response.getOutputStream().write(plain(text).getBytes(StandardCharsets.UTF_8));
    }

    private static long skip(InputStream log, long start) throws IOException {
        long skipped = 0;
        while (skipped < start) {
            long now = log.skip(start - skipped);
            if (now <= 0) {
                break;
            }
            skipped += now;
        }
        return skipped;
    }

    /** Jenkins hides notes of its own in a log, between two escape sequences. */
    private static String plain(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int begin = text.indexOf(NOTE); begin >= 0; begin = text.indexOf(NOTE, at)) {
            int end = text.indexOf("\u001B[0m", begin);
            out.append(text, at, begin);
            if (end < 0) {
                return out.toString();
            }
            at = end + 4;
        }
        return out.append(text, at, text.length()).toString();
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
                    Projects.need(run.getParent(), Item.CANCEL);
                    run.doStop();
                    AuditLine.of("build.stop", subject).tenant(tenant.getId()).done();
                    return JsonAnswer.ok().put("url", getUrl());
                });
    }
}
