package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.monitoring.alerts.Acknowledgement;
import io.jenkins.plugins.shera.monitoring.alerts.Acknowledgements;
import io.jenkins.plugins.shera.monitoring.alerts.ActiveAlert;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where people say that they look after an alert: kept by tenant until the alert ends, and told on the timeline. */
public final class AcknowledgeDesk {

    private static final int LONGEST = 500;

    /** One for each folder, so that nobody writes a file beside somebody else. */
    private static final Map<Path, Acknowledgements> STORES = new ConcurrentHashMap<>();

    private AcknowledgeDesk() {}

    /** All that are kept of a tenant; some may be of alerts that ended. */
    public static List<Acknowledgement> of(Tenant tenant) throws IOException {
        return store().of(tenant.getId());
    }

    private static Acknowledgements store() {
        return STORES.computeIfAbsent(SheraConfiguration.get().root().resolve("acknowledged"), Acknowledgements::new);
    }

    /** Keeps that {@code by} looks after an alert of the application; refuses one that does not go on, and a note too long to read. */
    public static Acknowledgement acknowledge(
            Tenant tenant, Application application, String fingerprint, String note, String by) throws IOException {
        String line = note.replaceAll("\\p{Cntrl}", " ").strip();
        if (line.length() > LONGEST) {
            throw Refusal.input(
                    "note", Messages.AcknowledgeDesk_note(LONGEST), Messages.AcknowledgeDesk_note_next(LONGEST));
        }
        AlertFacts.Answer all = AlertFacts.of(tenant, null);
        ActiveAlert alert = all.alerts().stream()
                .filter(each -> each.label("application").equals(application.getName()))
                .filter(each -> each.fingerprint().equals(fingerprint))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown(
                        "fingerprint", Messages.AcknowledgeDesk_alert(), Messages.AcknowledgeDesk_alert_next()));
        Acknowledgement done = new Acknowledgement(fingerprint, by, Instant.now(), line);
        store().add(tenant.getId(), done, all.silent().isEmpty() ? all.alerts() : null);
        AuditLine.of("alert.acknowledge", tenant.getId() + "/" + application.getName() + "/" + fingerprint)
                .tenant(tenant.getId())
                .done();
        String environment = application
                .environment(alert.label("environment"))
                .map(each -> each.getName())
                .orElse("");
        Timelines.get()
                .append(
                        application,
                        TimelineEntry.now(
                                TimelineEntry.Kind.ALERT,
                                Messages._AcknowledgeDesk_acknowledged(alert.label("metric"), alert.label("severity")),
                                line,
                                by,
                                environment));
        return done;
    }
}
