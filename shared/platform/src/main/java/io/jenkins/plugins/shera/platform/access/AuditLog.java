package io.jenkins.plugins.shera.platform.access;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditTrail;
import io.jenkins.plugins.shera.platform.meters.Meters;
import io.jenkins.plugins.shera.platform.meters.Spans;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The audit trail of this Jenkins, in {@code $JENKINS_HOME/shera/audit}. */
@Extension
public class AuditLog implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(AuditLog.class.getName());

    private final AuditTrail trail =
            new AuditTrail(Jenkins.get().getRootDir().toPath().resolve("shera").resolve("audit"));
    private volatile String lastFailure = "";

    /** The one instance. */
    public static AuditLog get() {
        return ExtensionList.lookupSingleton(AuditLog.class);
    }

    /** For searching; write through {@link AuditLine}. */
    public AuditTrail trail() {
        return trail;
    }

    /** Why the newest line could not be written, empty when it could: shown to the administrators. */
    public String lastFailure() {
        return lastFailure;
    }

    /** Writes a line. The change has happened by now, so a full disk is reported, not thrown. */
    void write(AuditEntry entry) {
        Meters.get().change(entry.what(), entry.tenant(), entry.outcome().text());
        Spans.change(
                entry.what(), entry.tenant(), entry.subject(), entry.outcome().text());
        try {
            trail.append(entry);
            lastFailure = "";
        } catch (IOException e) {
            lastFailure = String.valueOf(e.getMessage());
            LOGGER.log(
                    Level.SEVERE,
                    "cannot write to the audit trail that " + entry.who() + " did " + entry.what() + " to "
                            + entry.subject() + ": " + entry.outcome().text(),
                    e);
        }
    }
}
