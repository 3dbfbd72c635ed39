package io.jenkins.plugins.shera.nginx.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import java.util.ArrayList;
import java.util.List;

/**
 * What a KubeNg node told of itself. The node is believed for itself alone, and what it says is cut to a length.
 *
 * @param version of its daemon, or empty
 * @param leases weights that do not stand for ever
 */
public record NodeTold(String version, Half routes, Half weights, List<Lease> leases) {
    private static final int LONGEST_TEXT = 2000;
    private static final int MOST_LINES = 200;

    /**
     * Its routes or its weights.
     *
     * @param generation of the document that its nginx serves; 0 for none
     * @param sha of that document, SHA-256 in hex
     * @param refused generation of a later document that its nginx refused; 0 for none
     * @param endpoints generation of the addresses
     * @param reloads how often its nginx took something new since the daemon began
     * @param lastReload ISO 8601, or empty
     * @param error why what is wanted is not served, or empty
     * @param problem why the last question to Jenkins did not work, or empty
     * @param leftOut one line for each route or weight that is not served, beginning with its owner
     */
    public record Half(
            long generation,
            String sha,
            long refused,
            long endpoints,
            long reloads,
            String lastReload,
            String error,
            String problem,
            List<String> leftOut) {

        /** Why this owner's part is not served; empty when it is. */
        public String leftOut(String owner) {
            return leftOut.stream()
                    .filter(line -> line.startsWith(owner + ": "))
                    .findFirst()
                    .orElse("");
        }
    }

    /** A weight that falls back to 0 when nothing is heard of Jenkins for that many seconds. */
    public record Lease(String owner, long seconds, boolean over) {}

    /** Of a report's JSON; what is missing is empty. */
    public static NodeTold of(JsonNode json) {
        List<Lease> leases = new ArrayList<>();
        for (JsonNode lease : json.path("leases")) {
            if (leases.size() < MOST_LINES) {
                leases.add(new Lease(
                        text(lease, "owner"),
                        lease.path("seconds").asLong(),
                        lease.path("over").asBoolean()));
            }
        }
        return new NodeTold(
                text(json, "version"), half(json.path("routes")), half(json.path("weights")), List.copyOf(leases));
    }

    private static Half half(JsonNode json) {
        List<String> leftOut = new ArrayList<>();
        for (JsonNode line : json.path("leftOut")) {
            if (leftOut.size() < MOST_LINES) {
                leftOut.add(cut(line.asText("")));
            }
        }
        return new Half(
                json.path("generation").asLong(),
                text(json, "sha"),
                json.path("refused").asLong(),
                json.path("endpoints").asLong(),
                json.path("reloads").asLong(),
                text(json, "lastReload"),
                text(json, "error"),
                text(json, "problem"),
                List.copyOf(leftOut));
    }

    /** One of the halves. */
    public Half half(Intent.Kind kind) {
        return kind == Intent.Kind.ROUTES ? routes : weights;
    }

    private static String text(JsonNode json, String field) {
        return cut(json.path(field).asText(""));
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
