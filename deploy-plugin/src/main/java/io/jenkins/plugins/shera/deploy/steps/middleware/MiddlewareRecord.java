package io.jenkins.plugins.shera.deploy.steps.middleware;

import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.order.OrderRecord;

/** Writes what became of middleware into the audit trail and the application's timeline. */
final class MiddlewareRecord {

    private final OrderRecord record;
    private final String name;

    /** {@code run} is the build that does it, null for a person. */
    MiddlewareRecord(Subject subject, String name, String actor, Run<?, ?> run) {
        this.record = new OrderRecord(subject, actor, run);
        this.name = name;
    }

    void deployed(String what) {
        record.line("middleware.deploy", name + " " + what).done();
        record.tell(Messages._MiddlewareRecord_deployed(name), what);
    }

    void rotated() {
        record.line("middleware.rotate", name).done();
        record.tell(Messages._MiddlewareRecord_rotated(name), "");
    }

    void deleted(String what) {
        record.line("middleware.delete", name).done();
        record.tell(Messages._MiddlewareRecord_deleted(name), what);
    }

    void failed(boolean rotation, String why) {
        record.line(rotation ? "middleware.rotate" : "middleware.deploy", name).failed(why);
        record.tell(Messages._MiddlewareRecord_failed(name), why);
    }
}
