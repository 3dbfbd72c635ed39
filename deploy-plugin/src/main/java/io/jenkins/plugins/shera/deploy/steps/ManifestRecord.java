package io.jenkins.plugins.shera.deploy.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.rollout.ManifestRequest;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.Starter;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews.Event;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jvnet.localizer.Localizable;

/** Writes what became of a set of manifests into the audit trail and the application's timeline. */
final class ManifestRecord {

    private static final Logger LOGGER = Logger.getLogger(ManifestRecord.class.getName());

    private final ManifestRequest request;
    private final Run<?, ?> run;
    private final String actor;

    /** {@code run} is null where no build deploys. */
    ManifestRecord(ManifestRequest request, Run<?, ?> run, String actor) {
        this.request = request;
        this.run = run;
        this.actor = actor;
    }

    void applied() {
        line().done();
    }

    void complete(String detail) {
        tell(Messages._ManifestRecord_deployed(request.set()), detail);
        news(Event.FINISHED, "");
    }

    void failed(String why) {
        line().failed(why);
        tell(Messages._ManifestRecord_failed(request.set()), why);
        news(Event.FAILED, why);
    }

    private void news(Event event, String why) {
        String by = run == null ? actor : Starter.of(run, actor) + " (" + run.getFullDisplayName() + ")";
        ReleaseNotifier.tellAll(new ReleaseNews(
                request.origin().tenant(),
                request.origin().application(),
                request.origin().environment(),
                request.origin().request() + "/" + request.set(),
                event,
                "manifests " + request.set(),
                by,
                why,
                Instant.now()));
    }

    private AuditLine line() {
        String subject = request.origin().tenant() + "/" + request.origin().application() + "/"
                + request.origin().environment();
        AuditLine line = AuditLine.of("manifests.apply", subject)
                .tenant(request.origin().tenant())
                .after(request.set());
        return run == null ? line : line.from(run);
    }

    /** The cluster is already as it is: that the timeline cannot be written must not turn success into failure. */
    private void tell(Localizable title, String detail) {
        Application application = SheraConfiguration.get()
                .application(request.origin().tenant(), request.origin().application());
        if (application == null) {
            return;
        }
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.RELEASE,
                title,
                detail,
                run == null ? actor : Starter.of(run, actor),
                request.origin().environment());
        if (run != null) {
            entry = entry.linked(run.getFullDisplayName(), "/" + run.getUrl());
        }
        try {
            Timelines.get().append(application, entry);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + request, e);
        }
    }
}
