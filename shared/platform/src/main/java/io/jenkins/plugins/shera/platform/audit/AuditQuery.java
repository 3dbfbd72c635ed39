package io.jenkins.plugins.shera.platform.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** What to look for in the audit trail; empty texts and null times match everything, both ends of the time range count. */
public record AuditQuery(
        String text,
        String who,
        String tenant,
        String what,
        String outcome,
        Instant since,
        Instant until,
        long before,
        int limit) {

    /** Everything of one tenant, or of all when empty. */
    public static AuditQuery newest(String tenant, int limit) {
        return new AuditQuery("", "", tenant, "", "", null, null, Long.MAX_VALUE, limit);
    }

    boolean matches(JsonNode line) {
        return equal(who, line, "who")
                && equal(tenant, line, "tenant")
                && equal(outcome, line, "outcome")
                && line.path("what").asText().startsWith(what)
                && within(line)
                && (text.isEmpty() || line.toString().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    private static boolean equal(String wanted, JsonNode line, String field) {
        return wanted.isEmpty() || wanted.equals(line.path(field).asText());
    }

    private boolean within(JsonNode line) {
        if (since == null && until == null) {
            return true;
        }
        try {
            Instant at = Instant.parse(line.path("at").asText());
            return (since == null || !at.isBefore(since)) && (until == null || !at.isAfter(until));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
