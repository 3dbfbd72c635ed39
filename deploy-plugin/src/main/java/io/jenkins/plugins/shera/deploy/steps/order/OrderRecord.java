package io.jenkins.plugins.shera.deploy.steps.order;

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
import org.jvnet.localizer.Localizable;

/** Writes what became of an order into the audit trail and the application's timeline. */
public final class OrderRecord {

    private static final Logger LOGGER = Logger.getLogger(OrderRecord.class.getName());

    private final Subject subject;
    private final String actor;
    private final Run<?, ?> run;

    /** {@code run} is the build that gave it, null for a person on a page. */
    public OrderRecord(Subject subject, String actor, Run<?, ?> run) {
        this.subject = subject;
        this.actor = actor;
        this.run = run;
    }

    /** A line of the audit trail, not written yet. */
    public AuditLine line(String action, String after) {
        AuditLine line =
                AuditLine.of(action, subject.key()).tenant(subject.tenant()).after(after);
        return run == null ? line : line.from(run);
    }

    /** The cluster is already as it is: that the timeline cannot be written fails nothing. */
    public void tell(Localizable title, String detail) {
        Application application = SheraConfiguration.get().application(subject.tenant(), subject.application());
        if (application == null) {
            return;
        }
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.RELEASE,
                title,
                detail,
                run == null ? actor : Starter.of(run, actor),
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
}
