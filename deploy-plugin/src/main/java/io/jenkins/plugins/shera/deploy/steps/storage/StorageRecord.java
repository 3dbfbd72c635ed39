package io.jenkins.plugins.shera.deploy.steps.storage;

import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.Starter;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes a change of storage into the audit trail and the application's timeline. */
final class StorageRecord {

    private static final Logger LOGGER = Logger.getLogger(StorageRecord.class.getName());

    private StorageRecord() {}

    /** {@code run} is the build that did it, null for a person on a page. */
    static void done(Subject subject, String what, String actor, Run<?, ?> run) {
        line(subject, what, run).done();
        Application application = SheraConfiguration.get().application(subject.tenant(), subject.application());
        if (application == null) {
            return;
        }
        String who = run == null ? actor : Starter.of(run, actor);
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.RELEASE, Messages._StorageRecord_changed(what), "", who, subject.environment());
        try {
            Timelines.get()
                    .append(
                            application,
                            run == null ? entry : entry.linked(run.getFullDisplayName(), "/" + run.getUrl()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + subject, e);
        }
    }

    static void failed(Subject subject, String what, Run<?, ?> run, String why) {
        line(subject, what, run).failed(why);
    }

    private static AuditLine line(Subject subject, String what, Run<?, ?> run) {
        AuditLine line = AuditLine.of("storage.change", subject.key())
                .tenant(subject.tenant())
                .after(what);
        return run == null ? line : line.from(run);
    }
}
