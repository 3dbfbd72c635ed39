package io.jenkins.plugins.shera.platform.access;

import hudson.model.Run;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * One line of the audit trail in the making; who and from where are those of the calling thread.
 * {@code AuditLine.of("route.publish", "payments/checkout").tenant("payments").from(run).after(json).done();}
 */
public final class AuditLine {

    private final String what;
    private final String subject;
    private String who = Jenkins.getAuthentication2().getName();
    private String from;
    private String tenant = "";
    private String before;
    private String after;

    private AuditLine(String what, String subject) {
        this.what = what;
        this.subject = subject;
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        this.from = request == null ? "" : request.getRemoteAddr();
    }

    /** {@code what} is kind and verb, as {@code tenant.update}; {@code subject} names the thing. */
    public static AuditLine of(String what, String subject) {
        return new AuditLine(what, subject);
    }

    /** The id of the tenant it belongs to. */
    public AuditLine tenant(String id) {
        tenant = id;
        return this;
    }

    /** The build that asks; while it acts as SYSTEM, who is the user who started it. */
    public AuditLine from(Run<?, ?> run) {
        who = Starter.of(run);
        from = run.getExternalizableId();
        return this;
    }

    /** The state before as JSON, null when there was none. */
    public AuditLine before(String json) {
        before = json;
        return this;
    }

    /** The state after as JSON, null when there is none. */
    public AuditLine after(String json) {
        after = json;
        return this;
    }

    /** Writes it: the change was made. */
    public void done() {
        write(AuditEntry.Outcome.DONE, "");
    }

    /** Writes it: a rule or a permission said no. */
    public void refused(String why) {
        write(AuditEntry.Outcome.REFUSED, why);
    }

    /** Writes it: it was tried and did not work. */
    public void failed(String why) {
        write(AuditEntry.Outcome.FAILED, why);
    }

    private void write(AuditEntry.Outcome outcome, String why) {
        AuditLog.get()
                .write(new AuditEntry(0, Instant.now(), who, from, what, subject, tenant, before, after, outcome, why));
    }
}
