package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A line of the audit trail, as reads give it. */
@ExportedBean(defaultVisibility = 999)
public final class AuditRow {

    private final AuditEntry entry;

    AuditRow(AuditEntry entry) {
        this.entry = entry;
    }

    @Exported
    public long getId() {
        return entry.id();
    }

    @Exported
    public String getAt() {
        return entry.at().toString();
    }

    @Exported
    public String getWho() {
        return entry.who();
    }

    @Exported
    public String getFrom() {
        return entry.from();
    }

    @Exported
    public String getWhat() {
        return entry.what();
    }

    @Exported
    public String getSubject() {
        return entry.subject();
    }

    @Exported
    public String getTenant() {
        return entry.tenant();
    }

    @Exported
    public String getBefore() {
        return entry.before();
    }

    @Exported
    public String getAfter() {
        return entry.after();
    }

    @Exported
    public String getOutcome() {
        return entry.outcome().text();
    }

    /** The reason of a refusal or failure, empty when done. */
    @Exported
    public String getWhy() {
        return entry.why();
    }
}
