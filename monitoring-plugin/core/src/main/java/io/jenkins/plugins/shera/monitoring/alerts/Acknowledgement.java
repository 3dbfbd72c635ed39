package io.jenkins.plugins.shera.monitoring.alerts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * Somebody knows of an alert and looks after it, until it ends.
 *
 * @param fingerprint of the alert, as {@link ActiveAlert#fingerprint()} gives it
 * @param by user id
 * @param note what they told the others, may be empty
 */
public record Acknowledgement(String fingerprint, String by, Instant at, String note) {

    /** Whether it is of this very alert: not of one with the same labels that began later. */
    public boolean holds(ActiveAlert alert) {
        if (!alert.fingerprint().equals(fingerprint)) {
            return false;
        }
        try {
            return !Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(alert.since()))
                    .isAfter(at);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
