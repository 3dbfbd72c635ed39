package io.jenkins.plugins.shera.deploy.steps.scale;

import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.Starter;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes a change of the number of pods into the audit trail and the application's timeline. */
final class ScaleRecord {

    private static final Logger LOGGER = Logger.getLogger(ScaleRecord.class.getName());

    private ScaleRecord() {}

    /** {@code run} is the build that did it, null for a person on a page. */
    static void done(Subject subject, ScaleOrder order, String actor, Run<?, ?> run) {
        line(subject, order, run).done();
        Application application = SheraConfiguration.get().application(subject.tenant(), subject.application());
        if (application == null) {
            return;
        }
        String who = run == null ? actor : Starter.of(run, actor);
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.RELEASE,
                Messages._ScaleRecord_scaled(order.toString()),
                "",
                who,
                subject.environment());
        try {
            Timelines.get()
                    .append(
                            application,
                            run == null ? entry : entry.linked(run.getFullDisplayName(), "/" + run.getUrl()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + subject, e);
        }
    }

    static void failed(Subject subject, ScaleOrder order, Run<?, ?> run, String why) {
        line(subject, order, run).failed(why);
    }

    private static AuditLine line(Subject subject, ScaleOrder order, Run<?, ?> run) {
        AuditLine line = AuditLine.of("application.scale", subject.key())
                .tenant(subject.tenant())
                .after(order.toString());
        return run == null ? line : line.from(run);
    }
}
