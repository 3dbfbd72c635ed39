package io.jenkins.plugins.shera.kube.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.Memory;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Some kinds of one namespace kept up to date by watches, so that reading them asks nobody. What is written through an API that remembers by
 * it is known at once. It knows nothing while a list or watch is not there, and nothing when the cluster has not answered at all for
 * some seconds: then whoever reads asks the cluster itself, and sees that it is away. Usable from many threads.
 */
public final class Mirror implements Memory, AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final KubeApi api;
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();

    /**
     * What is kept of a kind.
     *
     * @param labelSelector {@code a=b}, or empty for all
     */
    public record Part(ResourceKind kind, String labelSelector) {}

    private Mirror(KubeApi api) {
        this.api = api;
    }

    /**
     * Begins to watch; returns before the first list is there.
     *
     * @param api asks the cluster itself
     * @param changed gets each object that was made, changed or deleted, on threads of the client; must not block
     */
    public static Mirror open(KubeApi api, String namespace, List<Part> parts, Consumer<JsonNode> changed) {
        return open(api, namespace, parts, changed, Shelf.Limits.USUAL);
    }

    /** The same with other times for its watches. */
    static Mirror open(
            KubeApi api, String namespace, List<Part> parts, Consumer<JsonNode> changed, Shelf.Limits limits) {
        Mirror mirror = new Mirror(api);
        for (Part part : parts) {
            String collection = part.kind().collection(namespace);
            mirror.shelves.put(collection, new Shelf(api, collection, part, changed, limits));
        }
        mirror.shelves.values().forEach(Shelf::begin);
        return mirror;
    }

    /** Whether everything is known, so that whoever waits for a change is told of it. */
    public boolean isSynced() {
        return isFresh() && shelves.values().stream().allMatch(Shelf::isSynced);
    }

    private boolean isFresh() {
        return api.sinceAnswer().compareTo(SILENCE) < 0;
    }

    private Optional<Shelf> shelf(String collection) {
        return Optional.ofNullable(shelves.get(collection));
    }

    @Override
    public Optional<JsonNode> found(String path) {
        int slash = path.lastIndexOf('/');
        Optional<Shelf> shelf = shelf(path.substring(0, slash)).filter(each -> each.isSynced() && isFresh());
        if (shelf.isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonNode> known = shelf.get().find(path.substring(slash + 1)).map(JsonNode::deepCopy);
        return known.isPresent() || !shelf.get().isWhole() ? known : Optional.of(MissingNode.getInstance());
    }

    @Override
    public Optional<List<JsonNode>> listed(String collection, String labelSelector, String fieldSelector) {
        boolean plain = fieldSelector.isEmpty() && isPlain(labelSelector);
        return shelf(collection)
                .filter(each -> plain && each.isSynced() && isFresh() && each.holds(labelSelector))
                .map(each -> each.select(labelSelector).stream()
                        .map(object -> (JsonNode) object.deepCopy())
                        .toList());
    }

    /** Whether it is only {@code a=b,c=d}. */
    private static boolean isPlain(String selector) {
        for (String part : selector.isEmpty() ? new String[0] : selector.split(",", -1)) {
            if (!part.matches("[^=!()\\s]+=[^=!()\\s]*")) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void wrote(String path, JsonNode object) {
        int slash = path.lastIndexOf('/');
        shelf(path.substring(0, slash)).ifPresent(each -> each.put(object));
    }

    @Override
    public void deleted(String path) {
        int slash = path.lastIndexOf('/');
        shelf(path.substring(0, slash)).ifPresent(each -> each.bury(path.substring(slash + 1)));
    }

    /** The same memory for an API that asks the cluster itself for all it reads, and only tells what it writes. */
    public Memory forWriters() {
        Mirror mirror = this;
        return new Memory() {
            @Override
            public Optional<JsonNode> found(String path) {
                return Optional.empty();
            }

            @Override
            public Optional<List<JsonNode>> listed(String collection, String labelSelector, String fieldSelector) {
                return Optional.empty();
            }

            @Override
            public void wrote(String path, JsonNode object) {
                mirror.wrote(path, object);
            }

            @Override
            public void deleted(String path) {
                mirror.deleted(path);
            }
        };
    }

    @Override
    public void close() {
        shelves.values().forEach(Shelf::close);
    }
}
