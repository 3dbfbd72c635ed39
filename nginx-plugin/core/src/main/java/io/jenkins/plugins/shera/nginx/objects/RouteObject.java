package io.jenkins.plugins.shera.nginx.objects;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An Ingress or HTTPRoute as the API server gave it.
 *
 * @param cluster id of the Kubernetes cluster
 * @param tenant whose namespace it is in
 */
public record RouteObject(String cluster, String tenant, Kind kind, JsonNode json) {
    private static final int LONGEST_LABEL = 63;
    private static final int HASH = 12;
    private static final int MOST_ROUTES = 200;

    /** Which of both. */
    public enum Kind {
        /** Of {@code networking.k8s.io/v1}. */
        INGRESS("Ingress"),
        /** Of {@code gateway.networking.k8s.io/v1}. */
        HTTP_ROUTE("HTTPRoute");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As Kubernetes writes it. */
        public String word() {
            return word;
        }
    }

    /** Its namespace. */
    public String namespace() {
        return json.path("metadata").path("namespace").asText();
    }

    /** Its name. */
    public String name() {
        return json.path("metadata").path("name").asText();
    }

    /** When it was made, ISO 8601: the older of two has a host name. */
    public String created() {
        return json.path("metadata").path("creationTimestamp").asText();
    }

    /**
     * What it wants; empty when it is of a class or gateway that is not looked at.
     *
     * @throws InvalidRouteException saying what of it cannot be served, and why; nothing of it is served then
     */
    public Optional<Translation> translate(WatchedObjects setting, Facts facts) throws InvalidRouteException {
        Optional<Translation> read =
                kind == Kind.INGRESS ? IngressReader.read(this, setting, facts) : HttpRouteReader.read(this, setting);
        if (read.isPresent() && read.get().routes().size() > MOST_ROUTES) {
            throw new InvalidRouteException("It has more than " + MOST_ROUTES + " paths. Make several of it.");
        }
        return read;
    }

    /** Whose route it is that leads from this place of the host. */
    RouteOwner owner(String host, String path, PathMatch match) throws InvalidRouteException {
        String identity = String.join("\n", cluster, kind.word, namespace(), name(), host, path, String.valueOf(match));
        String hash = Fingerprint.of(identity.getBytes(StandardCharsets.UTF_8)).substring(0, HASH);
        String begin = kind.word.toLowerCase(Locale.ROOT) + "-" + name().replaceAll("[^a-z0-9-]", "-");
        int room = LONGEST_LABEL - HASH - 1;
        return RouteOwner.of(
                tenant, (begin.length() > room ? begin.substring(0, room) : begin) + "-" + hash, namespace());
    }

    Target target(WatchedObjects setting, String service, int port, int weight) throws InvalidRouteException {
        Target target = new Target(
                setting.pods() ? Target.Kind.PODS : Target.Kind.SERVICE, cluster, namespace(), service, port, weight);
        target.check();
        return target;
    }

    /** Refuses the first field that is there and not among these: what it asks for would silently not be done. */
    static void onlyFields(String where, JsonNode json, Set<String> known) throws InvalidRouteException {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !isNothing(json.get(name))) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw new InvalidRouteException(
                    where + " asks for '" + plain(unknown.iterator().next())
                            + "', which nginx is not made to do here. Take it out, or publish the route by publishRoute.");
        }
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isContainerNode() && value.isEmpty();
    }

    /** A text of an object in a message: short, and without what a terminal would obey. */
    public static String plain(String text) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
