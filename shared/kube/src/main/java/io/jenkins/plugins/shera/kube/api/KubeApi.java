package io.jenkins.plugins.shera.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Plain requests to one API server: JSON in, JSON out. Usable from many threads. A request that may pass later (server
 * busy, connection lost) is repeated within the total time given; all requests here can be repeated without harm.
 */
public final class KubeApi {

    /** Under this name the API server records which fields we set. */
    public static final String FIELD_MANAGER = "shera";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PAGES = 40;

    private final HttpClient http;
    private final Exchange exchange;
    private final String base;
    private final Duration total;
    private final AtomicLong answeredAt;
    private final Memory memory;
    private volatile Duration clockSkew = Duration.ZERO;

    /** Made by {@link io.jenkins.plugins.shera.kube.connection.ClusterClient}, which owns the client. */
    public KubeApi(HttpClient http, URI server, Duration requestLimit, Duration total) {
        this.http = http;
        this.exchange = new Exchange(http, requestLimit);
        this.base = server.toString().replaceAll("/+$", "");
        this.total = total;
        this.answeredAt = new AtomicLong(System.nanoTime());
        this.memory = null;
    }

    private KubeApi(KubeApi like, Memory memory) {
        this.http = like.http;
        this.exchange = like.exchange;
        this.base = like.base;
        this.total = like.total;
        this.answeredAt = like.answeredAt;
        this.clockSkew = like.clockSkew;
        this.memory = memory;
    }

    /** The same API, which asks the cluster only for what the memory does not know, and tells it what it writes. */
    public KubeApi remembering(Memory known) {
        return new KubeApi(this, known);
    }

    /** One object or document by path. */
    public JsonNode get(String path) throws KubeException {
        return json(call("GET", path, null, null), "GET " + path);
    }

    /** One object, or empty when it does not exist. */
    public Optional<JsonNode> find(ObjectRef ref) throws KubeException {
        Optional<JsonNode> known = memory == null ? Optional.empty() : memory.found(ref.path());
        if (known.isPresent()) {
            return known.filter(object -> !object.isMissingNode());
        }
        try {
            return Optional.of(get(ref.path()));
        } catch (KubeException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * All objects of a kind in a namespace that the selectors choose. A list that expires between two pages (410) is
     * read again from its start.
     *
     * @param labelSelector {@code a=b,c=d} or empty
     * @param fieldSelector {@code involvedObject.name=x} or empty
     */
    public List<JsonNode> list(ResourceKind kind, String namespace, String labelSelector, String fieldSelector)
            throws KubeException {
        Optional<List<JsonNode>> known = memory == null
                ? Optional.empty()
                : memory.listed(kind.collection(namespace), labelSelector, fieldSelector);
        if (known.isPresent()) {
            return known.get();
        }
        KubeException expired = null;
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                return pages(kind.collection(namespace), labelSelector, fieldSelector);
            } catch (KubeException e) {
                if (e.kind() != Kind.EXPIRED) {
                    throw e;
                }
                expired = e;
            }
        }
        throw expired;
    }

    private List<JsonNode> pages(String path, String labelSelector, String fieldSelector) throws KubeException {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String query = "?limit=500" + parameter("labelSelector", labelSelector)
                    + parameter("fieldSelector", fieldSelector) + parameter("continue", next);
            JsonNode answer = json(call("GET", path + query, null, null), "GET " + path);
            answer.path("items").forEach(items::add);
            next = answer.path("metadata").path("continue").asText("");
            if (next.isEmpty()) {
                return items;
            }
        }
        throw new KubeException(
                Kind.REFUSED, 0, "GET " + path + ": more than " + items.size() + " objects.", List.of(), null);
    }

    /**
     * Server-side apply with our field manager, never by force.
     *
     * @param dryRun the server does everything except keeping the result
     * @return the object as it is, or would be, afterwards
     */
    public JsonNode apply(ObjectRef ref, JsonNode object, boolean dryRun) throws KubeException {
        return applyPart(ref, object, "", false, dryRun);
    }

    /**
     * Server-side apply of a part that is kept apart from the rest of the object: what it no longer names is taken away, and what our
     * usual manager applies does not touch it.
     *
     * @param part ends the name of its field manager, as in {@code -scale}
     * @param force takes the fields from whoever else set them
     */
    public JsonNode applyPart(ObjectRef ref, JsonNode object, String part, boolean force, boolean dryRun)
            throws KubeException {
        String path = ref.path() + "?fieldManager=" + FIELD_MANAGER + part + "&force=" + force
                + (dryRun ? "&dryRun=All" : "");
        JsonNode after = json(call("PATCH", path, "application/apply-patch+yaml", object.toString()), "apply " + ref);
        return dryRun ? after : wrote(ref.path(), after);
    }

    private JsonNode wrote(String path, JsonNode after) {
        if (memory != null) {
            memory.wrote(path, after);
        }
        return after;
    }

    /** Creates an object that only asks a question, such as an access review. */
    public JsonNode create(String path, JsonNode object) throws KubeException {
        JsonNode after = json(call("POST", path, "application/json", object.toString()), "POST " + path);
        return wrote(path + "/" + after.path("metadata").path("name").asText(), after);
    }

    /**
     * Replaces an object if it is still at the {@code metadata.resourceVersion} that the new one names.
     *
     * @throws KubeException of kind CONFLICT when somebody changed it meanwhile, or when our own first try was kept although its
     *     answer was lost: read again and compare
     */
    public JsonNode replace(ObjectRef ref, JsonNode object) throws KubeException {
        String path = ref.path() + "?fieldManager=" + FIELD_MANAGER;
        return wrote(ref.path(), json(call("PUT", path, "application/json", object.toString()), "replace " + ref));
    }

    /**
     * Merges these fields into an object (RFC 7386: null removes a field); with {@code metadata.resourceVersion} only if it is still at
     * that version.
     */
    public JsonNode merge(ObjectRef ref, JsonNode fields) throws KubeException {
        String path = ref.path() + "?fieldManager=" + FIELD_MANAGER + "-rollout";
        return wrote(
                ref.path(),
                json(call("PATCH", path, "application/merge-patch+json", fields.toString()), "change " + ref));
    }

    /**
     * Merges fields (RFC 7386) into an object through one of its subresources, as {@code ephemeralcontainers} of a pod; a list is
     * replaced as a whole, so name {@code metadata.resourceVersion}.
     */
    public JsonNode mergeInto(ObjectRef ref, String subresource, JsonNode fields) throws KubeException {
        String path = ref.path() + "/" + subresource + "?fieldManager=" + FIELD_MANAGER;
        return json(
                call("PATCH", path, "application/merge-patch+json", fields.toString()),
                "change " + subresource + " of " + ref);
    }

    /** Deletes an object if it is still the one with this uid; its dependents follow in the background. */
    public void delete(ObjectRef ref, String uid) throws KubeException {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", "Background");
        options.putObject("preconditions").put("uid", uid);
        json(call("DELETE", ref.path(), "application/json", options.toString()), "delete " + ref);
        if (memory != null) {
            memory.deleted(ref.path());
        }
    }

    /** Last lines of a container's output, at most 64 KiB; {@code previous} for the run before the last restart. */
    public String logTail(String namespace, String pod, String container, int lines, boolean previous)
            throws KubeException {
        String path = "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?limitBytes=65536&tailLines=" + lines
                + parameter("container", container) + (previous ? "&previous=true" : "");
        return call("GET", path, null, null).text();
    }

    /**
     * A container's output as it comes, each line after its time (RFC 3339) and a space. To be closed, which may be done by another
     * thread to end it; a slow reader slows the server down.
     */
    public InputStream openLog(String namespace, String pod, String container, LogOptions options)
            throws KubeException {
        String path = "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?timestamps=true"
                + parameter("container", container)
                + (options.since() == null
                        ? ""
                        : parameter(
                                "sinceTime",
                                options.since().truncatedTo(ChronoUnit.SECONDS).toString()))
                + (options.tail() < 0 ? "" : "&tailLines=" + options.tail())
                + (options.follow() ? "&follow=true" : "")
                + (options.previous() ? "&previous=true" : "");
        HttpRequest request = http.newHttpRequestBuilder().uri(base + path).build();
        return exchange.open(request, "GET " + path.replaceAll("\\?.*", "") + " at " + base);
    }

    /**
     * Follows a collection from a version on; no thread waits for it.
     *
     * @param path of the collection with its query, to which {@code watch=true} is added
     * @param lines gets each event as it is, on the client's threads; must not block
     */
    public Following watch(String path, Consumer<String> lines) {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(base + path + (path.contains("?") ? "&" : "?") + "watch=true")
                .header("Accept", "application/json")
                .build();
        return new Following(http.consumeBytes(request, new LineBody(line -> {
            answered();
            lines.accept(line);
        })));
    }

    private void answered() {
        answeredAt.set(System.nanoTime());
    }

    /** How long ago the cluster answered anything last. */
    public Duration sinceAnswer() {
        return Duration.ofNanos(System.nanoTime() - answeredAt.get());
    }

    /** Now by the cluster's clock, which the times in its objects are made of. */
    public Instant serverNow() {
        return Clock.systemUTC().instant().plus(clockSkew);
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Answer call(String method, String path, String type, String body) throws KubeException {
        String what = method + " " + path.replaceAll("\\?.*", "") + " at " + base;
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(base + path)
                .header("Accept", "application/json")
                .method(method, type, body)
                .build();
        return new Retries(total)
                .run(
                        () -> {
                            Answer answer = exchange.send(request, what);
                            answered();
                            answer.serverTime()
                                    .ifPresent(time -> clockSkew =
                                            Duration.between(Clock.systemUTC().instant(), time));
                            return answer;
                        },
                        what);
    }

    private static JsonNode json(Answer answer, String what) throws KubeException {
        try {
            JsonNode node = JSON.readTree(answer.body());
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            throw notKubernetes(what, e);
        }
    }

    private static KubeException notKubernetes(String what, Exception cause) {
        return new KubeException(
                Kind.REFUSED,
                0,
                what + ": the answer is not JSON, so this is hardly a Kubernetes API server. Check the address.",
                List.of(),
                cause);
    }
}
