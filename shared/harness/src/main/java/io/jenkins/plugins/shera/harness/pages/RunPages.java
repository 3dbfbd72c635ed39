package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** What {@code /job/NAME/NUMBER/} answers beside its views: log, artifacts, stop, api. */
@ExportedBean(defaultVisibility = 2)
public final class RunPages {
    private final Run<?, ?> run;

    RunPages(Run<?, ?> run) {
        this.run = run;
    }

    public LogPages getLogText() {
        return new LogPages(run);
    }

    public ArtifactPages getArtifact() {
        return new ArtifactPages(run);
    }

    /** The whole log. */
    public void doConsoleText(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        try (InputStream log = run.getLogInputStream()) {
            log.transferTo(response.getOutputStream());
        }
    }

    /** Interrupts the build. */
    @POST
    public HttpResponse doStop() throws IOException, ServletException {
        run.getParent().checkPermission(Item.CANCEL);
        if (run.getExecutor() != null) {
            run.getExecutor().interrupt(Result.ABORTED);
        }
        return HttpResponses.redirectTo("./");
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported(visibility = 9)
    public int getNumber() {
        return run.getNumber();
    }

    @Exported(visibility = 9)
    public String getUrl() {
        return Exports.address(run.getUrl());
    }

    @Exported
    public String getId() {
        return run.getId();
    }

    @Exported
    public String getDisplayName() {
        return run.getDisplayName();
    }

    @Exported
    public String getFullDisplayName() {
        return run.getFullDisplayName();
    }

    @Exported
    public String getDescription() {
        return run.getDescription();
    }

    @Exported(visibility = 3)
    public String getResult() {
        return run.getResult() == null || run.isBuilding()
                ? null
                : run.getResult().toString();
    }

    @Exported
    public boolean isBuilding() {
        return run.isBuilding();
    }

    @Exported
    public long getTimestamp() {
        return run.getTimeInMillis();
    }

    @Exported
    public long getDuration() {
        return run.getDuration();
    }

    @Exported
    public long getEstimatedDuration() {
        return run.getEstimatedDuration();
    }

    @Exported
    public List<ArtifactFile> getArtifacts() throws IOException {
        return ArtifactFile.of(run);
    }
}
