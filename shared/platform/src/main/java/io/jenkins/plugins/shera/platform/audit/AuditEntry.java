package io.jenkins.plugins.shera.platform.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One change: who did what to which thing, from where, and how it ended.
 *
 * @param from address of the caller, or the build that asked
 * @param what verb and kind, as {@code tenant.update}
 * @param subject the thing, as {@code payments/checkout}
 * @param tenant id of the tenant it belongs to, empty for the platform itself
 * @param before JSON text of the state before, null when there was none
 * @param after JSON text of the state after, null when there is none
 * @param why the reason of a refusal or failure, empty when done
 */
public record AuditEntry(
        long id,
        Instant at,
        String who,
        String from,
        String what,
        String subject,
        String tenant,
        String before,
        String after,
        Outcome outcome,
        String why) {

    /** How a change ended. */
    public enum Outcome {
        DONE,
        REFUSED,
        FAILED;

        /** As files and REST spell it. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    ObjectNode toJson() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", at.toString());
        line.put("who", who);
        line.put("from", from);
        line.put("what", what);
        line.put("subject", subject);
        line.put("tenant", tenant);
        line.put("before", before);
        line.put("after", after);
        line.put("outcome", outcome.text());
        line.put("why", why);
        return line;
    }

    static AuditEntry fromJson(JsonNode line) {
        return new AuditEntry(
                line.path("id").asLong(),
                Instant.parse(line.path("at").asText("1970-01-01T00:00:00Z")),
                line.path("who").asText(),
                line.path("from").asText(),
                line.path("what").asText(),
                line.path("subject").asText(),
                line.path("tenant").asText(),
                line.hasNonNull("before") ? line.get("before").asText() : null,
                line.hasNonNull("after") ? line.get("after").asText() : null,
                Outcome.valueOf(line.path("outcome").asText("done").toUpperCase(java.util.Locale.ROOT)),
                line.path("why").asText());
    }
}
