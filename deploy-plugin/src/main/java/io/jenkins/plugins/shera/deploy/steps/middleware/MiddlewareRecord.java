package io.jenkins.plugins.shera.deploy.steps.middleware;

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

/** Writes what became of middleware into the audit trail and the application's timeline. */
final class MiddlewareRecord {

    private static final Logger LOGGER = Logger.getLogger(MiddlewareRecord.class.getName());

    private final Subject subject;
    private final String name;
    private final String actor;
    private final Run<?, ?> run;

    /** {@code run} is the build that does it, null for a person. */
    MiddlewareRecord(Subject subject, String name, String actor, Run<?, ?> run) {
        this.subject = subject;
        this.name = name;
        this.actor = actor;
        this.run = run;
    }

    void deployed(String what) {
        line("middleware.deploy").after(name + " " + what).done();
        tell(Messages._MiddlewareRecord_deployed(name), what);
    }

    void rotated() {
        line("middleware.rotate").done();
        tell(Messages._MiddlewareRecord_rotated(name), "");
    }

    void deleted(String what) {
        line("middleware.delete").done();
        tell(Messages._MiddlewareRecord_deleted(name), what);
    }

    void failed(boolean rotation, String why) {
        line(rotation ? "middleware.rotate" : "middleware.deploy").failed(why);
        tell(Messages._MiddlewareRecord_failed(name), why);
    }

    private AuditLine line(String what) {
        AuditLine line =
                AuditLine.of(what, subject.key()).tenant(subject.tenant()).after(name);
        return run == null ? line : line.from(run);
    }

    private void tell(Localizable title, String detail) {
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
