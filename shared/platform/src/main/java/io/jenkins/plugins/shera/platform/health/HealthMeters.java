package io.jenkins.plugins.shera.platform.health;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Meters;
import io.jenkins.plugins.shera.platform.meters.Reading;
import io.jenkins.plugins.shera.platform.meters.Total;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which connections answer, until when their certificates hold, and whether the platform keeps up with its own work. */
@Extension
public final class HealthMeters extends MeterSource {

    @Override
    public List<Reading> readings() {
        List<Reading> all = new ArrayList<>();
        for (Health health : HealthBoard.get().all()) {
            Map<String, String> labels = Map.of("kind", health.kind(), "name", health.name());
            if (health.state() != Health.State.UNKNOWN) {
                all.add(new Reading(
                        "shera_connection_up",
                        "Whether a connection answered when it was asked last.",
                        labels,
                        health.state() == Health.State.UP ? 1 : 0));
            }
            if (health.certificateUntil() != null) {
                all.add(new Reading(
                        "shera_connection_certificate_expiry_timestamp_seconds",
                        "When the certificate that a connection shows runs out.",
                        labels,
                        health.certificateUntil().getEpochSecond()));
            }
        }
        all.add(new Reading(
                "shera_background_waiting",
                "Background work that waits for a thread.",
                Map.of(),
                Schedules.get().waiting()));
        all.add(new Reading(
                "shera_audit_writable",
                "Whether the newest line of the audit trail could be written.",
                Map.of(),
                AuditLog.get().lastFailure().isEmpty() ? 1 : 0));
        return all;
    }

    @Override
    public List<Total> totals() {
        List<Total> all = new ArrayList<>();
        for (Health.State state : Health.State.values()) {
            all.add(new Total(
                    "connections." + state.name().toLowerCase(Locale.ROOT), () -> HealthBoard.get().all().stream()
                            .filter(each -> each.state() == state)
                            .count()));
        }
        for (AuditEntry.Outcome outcome : AuditEntry.Outcome.values()) {
            all.add(new Total("changes." + outcome.text(), () -> Meters.get().changes(outcome.text())));
        }
        all.add(new Total("background.waiting", () -> Schedules.get().waiting()));
        all.add(new Total("background.skipped", () -> Meters.get().allSkipped()));
        all.add(new Total("audit.writable", () -> AuditLog.get().lastFailure().isEmpty() ? 1 : 0));
        return all;
    }
}
