package io.jenkins.plugins.shera.nginx.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.reach.Unreached;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a KubeNg node told of itself. The node is believed for itself alone, and what it says is cut to a length.
 *
 * @param version of its daemon, or empty
 * @param leases weights that do not stand for ever
 * @param objects Ingress and HTTPRoute objects that it looks at
 * @param unwatched why it cannot look at some, a line each, beginning with the tenant
 * @param unreached members that it did not reach when it last tried
 * @param following how changes of addresses reach its nginx; null from a daemon that does not tell it
 */
public record NodeTold(
        String version,
        Half routes,
        Half weights,
        Half streams,
        List<Lease> leases,
        List<KubeObject> objects,
        List<String> unwatched,
        List<Unreached> unreached,
        Following following) {
    private static final int LONGEST_TEXT = 2000;
    private static final int MOST_LINES = 200;
    private static final int MOST_OBJECTS = 2000;

    /**
     * Its routes, its weights or its streams.
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

    /**
     * How changes of addresses of routes reach nginx.
     *
     * @param reason why always with a reload; empty where it does without
     * @param live how many routes do without
     * @param reloading why other routes do not, a line each, beginning with the owner
     */
    public record Following(String reason, long live, List<String> reloading) {}

    /** A weight that falls back to 0 when nothing is heard of Jenkins for that many seconds. */
    public record Lease(String owner, long seconds, boolean over) {}

    /**
     * An Ingress or HTTPRoute.
     *
     * @param hosts host names of it that are served
     * @param refused what of it is not served, with the reason
     */
    public record KubeObject(
            String tenant,
            String cluster,
            String kind,
            String namespace,
            String name,
            List<String> hosts,
            List<String> refused) {}

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
        List<KubeObject> objects = new ArrayList<>();
        for (JsonNode object : json.path("objects")) {
            if (objects.size() < MOST_OBJECTS) {
                objects.add(new KubeObject(
                        text(object, "tenant"),
                        text(object, "cluster"),
                        text(object, "kind"),
                        text(object, "namespace"),
                        text(object, "name"),
                        lines(object.path("hosts")),
                        lines(object.path("refused"))));
            }
        }
        return new NodeTold(
                text(json, "version"),
                half(json.path("routes")),
                half(json.path("weights")),
                half(json.path("streams")),
                List.copyOf(leases),
                List.copyOf(objects),
                lines(json.path("unwatched")),
                unreached(json.path("unreached")),
                following(json.path("following")));
    }

    private static List<Unreached> unreached(JsonNode json) {
        List<Unreached> unreached = new ArrayList<>();
        for (JsonNode one : json) {
            Optional<Unreached.Why> why = Arrays.stream(Unreached.Why.values())
                    .filter(each -> each.name().equals(one.path("why").asText()))
                    .findFirst();
            if (why.isPresent() && unreached.size() < MOST_LINES) {
                unreached.add(new Unreached(text(one, "owner"), text(one, "address"), why.get()));
            }
        }
        return List.copyOf(unreached);
    }

    private static Following following(JsonNode json) {
        return json.isObject()
                ? new Following(text(json, "reason"), json.path("live").asLong(), lines(json.path("reloading")))
                : null;
    }

    private static List<String> lines(JsonNode json) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : json) {
            if (lines.size() < MOST_LINES) {
                lines.add(cut(line.asText("")));
            }
        }
        return List.copyOf(lines);
    }

    private static Half half(JsonNode json) {
        return new Half(
                json.path("generation").asLong(),
                text(json, "sha"),
                json.path("refused").asLong(),
                json.path("endpoints").asLong(),
                json.path("reloads").asLong(),
                text(json, "lastReload"),
                text(json, "error"),
                text(json, "problem"),
                lines(json.path("leftOut")));
    }

    /** Of one kind. */
    public Half half(Intent.Kind kind) {
        return switch (kind) {
            case ROUTES -> routes;
            case WEIGHTS -> weights;
            case STREAMS -> streams;
        };
    }

    private static String text(JsonNode json, String field) {
        return cut(json.path(field).asText(""));
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
