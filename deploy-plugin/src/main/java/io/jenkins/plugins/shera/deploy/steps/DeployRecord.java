package io.jenkins.plugins.shera.deploy.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
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

/** Writes what a deployment did into the audit trail and the application's timeline. */
final class DeployRecord {

    private static final Logger LOGGER = Logger.getLogger(DeployRecord.class.getName());

    private final DeployRequest request;
    private final DeployState state;
    private final Run<?, ?> run;
    private final String actor;

    DeployRecord(DeployRequest request, DeployState state, Run<?, ?> run, String actor) {
        this.request = request;
        this.state = state;
        this.run = run;
        this.actor = actor;
    }

    void applied() {
        line("deployment.apply").done();
    }

    void complete(String revision) {
        tell(Messages._DeployRecord_deployed(revision), request.spec().image());
        news(Event.FINISHED, "");
    }

    void failed(String why) {
        line("deployment.apply").failed(why);
        tell(Messages._DeployRecord_failed(), why);
        news(Event.FAILED, why);
    }

    void aborted(String what) {
        line("deployment.abort").done();
        tell(Messages._DeployRecord_aborted(), what);
        news(Event.WENT_BACK, what);
    }

    /** A build that deploys the same image there again, as a retry does, is the same release. */
    private void news(Event event, String why) {
        ReleaseNotifier.tellAll(new ReleaseNews(
                request.origin().tenant(),
                request.origin().application(),
                request.origin().environment(),
                run.getExternalizableId() + "/" + request.spec().image(),
                event,
                request.spec().image(),
                Starter.of(run, actor) + " (" + run.getFullDisplayName() + ")",
                why,
                Instant.now()));
    }

    private AuditLine line(String what) {
        String subject = request.origin().tenant() + "/" + request.spec().name() + "/"
                + request.origin().environment();
        return AuditLine.of(what, subject)
                .tenant(request.origin().tenant())
                .from(run)
                .before(state.imageBefore().isEmpty() ? null : image(state.imageBefore()))
                .after(image(request.spec().image()));
    }

    private static String image(String reference) {
        ObjectNode image = JsonNodeFactory.instance.objectNode();
        return image.put("image", reference).toString();
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
                        Starter.of(run, actor),
                        request.origin().environment())
                .linked(run.getFullDisplayName(), "/" + run.getUrl());
        try {
            Timelines.get().append(application, entry);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + request, e);
        }
    }
}
