package io.jenkins.plugins.shera.kube.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.Following;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The objects of one kind in one namespace: listed once, then followed; listed again when the watch breaks or expires. */
final class Shelf {

    private static final Logger LOGGER = Logger.getLogger(Shelf.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Executor LISTS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "shera-mirror");
        thread.setDaemon(true);
        return thread;
    });
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final int MOST_BURIED = 200;

    private final KubeApi api;
    private final Limits limits;
    private final String collection;
    private final String selector;
    private final ResourceKind kind;
    private final Consumer<JsonNode> changed;
    private final Map<String, JsonNode> objects = new HashMap<>();
    /** What was deleted does not come back by an event that is older. */
    private final Set<String> buried = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_BURIED;
        }
    });

    private String version = "";
    private boolean synced;
    private boolean expired;
    private boolean closed;
    private long wait = 1000;
    private Following following;

    /** The server ends a watch after the first time; one that died in silence is noticed after both. */
    record Limits(int watchSeconds, int graceSeconds) {
        static final Limits USUAL = new Limits(50, 15);
    }

    Shelf(KubeApi api, String collection, Mirror.Part part, Consumer<JsonNode> changed, Limits limits) {
        this.api = api;
        this.limits = limits;
        this.collection = collection;
        this.selector = part.labelSelector();
        this.kind = part.kind();
        this.changed = changed;
    }

    void begin() {
        LISTS.execute(this::list);
    }

    private String query() {
        return selector.isEmpty() ? "?" : "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8) + "&";
    }

    private void list() {
        try {
            JsonNode list = api.get(collection + query() + "resourceVersion=");
            Map<String, JsonNode> fresh = new HashMap<>();
            for (JsonNode each : list.path("items")) {
                // Items of a list bear no kind of their own.
                ((ObjectNode) each).put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
                fresh.put(name(each), slim(each));
            }
            List<JsonNode> news;
            synchronized (this) {
                if (closed) {
                    return;
                }
                news = differences(fresh);
                objects.clear();
                objects.putAll(fresh);
                version = list.path("metadata").path("resourceVersion").asText();
                synced = true;
                expired = false;
                wait = 1000;
            }
            news.forEach(changed);
            follow();
        } catch (KubeException | RuntimeException e) {
            LOGGER.log(Level.FINE, "cannot list " + collection, e);
            again();
        }
    }

    /** What a list has that was not known so, and what it has no more: a watch that broke is no news of the rest. */
    private List<JsonNode> differences(Map<String, JsonNode> fresh) {
        List<JsonNode> news = new ArrayList<>();
        fresh.forEach((name, object) -> {
            JsonNode known = objects.get(name);
            if (known == null
                    || !uid(known).equals(uid(object))
                    || !version(known).equals(version(object))) {
                news.add(object);
            }
        });
        objects.forEach((name, object) -> {
            if (!fresh.containsKey(name)) {
                news.add(object);
            }
        });
        return news;
    }

    private synchronized void again() {
        synced = false;
        if (!closed) {
            CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS, LISTS)
                    .execute(this::list);
            wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
        }
    }

    private void follow() {
        Following begun;
        long at = System.nanoTime();
        synchronized (this) {
            if (closed) {
                return;
            }
            begun = api.watch(
                    collection + query() + "allowWatchBookmarks=true&timeoutSeconds=" + limits.watchSeconds()
                            + "&resourceVersion=" + version,
                    this::event);
            following = begun;
        }
        begun.end()
                .orTimeout(limits.watchSeconds() + limits.graceSeconds(), TimeUnit.SECONDS)
                .whenComplete((status, error) -> {
                    begun.cancel();
                    boolean soon = System.nanoTime() - at < 1_000_000_000L;
                    boolean whole = error == null && status == 200;
                    synchronized (this) {
                        whole &= !expired;
                    }
                    if (!whole) {
                        again();
                    } else if (soon) {
                        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, LISTS)
                                .execute(this::follow);
                    } else {
                        follow();
                    }
                });
    }

    private void event(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            JsonNode object = event.path("object");
            String type = event.path("type").asText();
            if (type.equals("ERROR")) {
                synchronized (this) {
                    expired = true;
                }
                return;
            }
            synchronized (this) {
                version = object.path("metadata").path("resourceVersion").asText(version);
            }
            if (type.equals("BOOKMARK")) {
                return;
            }
            if (type.equals("DELETED")) {
                remove(object);
            } else {
                put(object);
            }
            changed.accept(object);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "no event of " + collection + ": " + line, e);
        }
    }

    /** Takes an object unless a newer one is known, or it is known to be deleted. */
    synchronized void put(JsonNode object) {
        String name = name(object);
        JsonNode known = objects.get(name);
        if (buried.contains(uid(object)) || known != null && number(known) > number(object)) {
            return;
        }
        if (selects(selector, object)) {
            objects.put(name, slim(object));
        } else {
            objects.remove(name);
        }
    }

    private synchronized void remove(JsonNode object) {
        JsonNode known = objects.get(name(object));
        if (known != null && uid(known).equals(uid(object))) {
            objects.remove(name(object));
        }
    }

    synchronized void bury(String name) {
        JsonNode gone = objects.remove(name);
        if (gone != null) {
            buried.add(uid(gone));
        }
    }

    synchronized boolean isSynced() {
        return synced;
    }

    /** Whether what it does not hold is not there. */
    boolean isWhole() {
        return selector.isEmpty();
    }

    /** Whether all that this selector chooses is here. */
    boolean holds(String wanted) {
        return selector.isEmpty() || List.of(wanted.split(",")).contains(selector);
    }

    synchronized Optional<JsonNode> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    synchronized List<JsonNode> select(String wanted) {
        return objects.values().stream().filter(each -> selects(wanted, each)).toList();
    }

    private static boolean selects(String selector, JsonNode object) {
        for (String part : selector.isEmpty() ? new String[0] : selector.split(",")) {
            String[] pair = part.split("=", 2);
            if (!object.path("metadata")
                    .path("labels")
                    .path(pair[0])
                    .asText("\0")
                    .equals(pair[1])) {
                return false;
            }
        }
        return true;
    }

    /** Without the long record of who set which field, but for what is ours. */
    private static JsonNode slim(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        if (!metadata.has("managedFields")) {
            return object;
        }
        ObjectNode slim = object.deepCopy();
        ArrayNode ours = ((ObjectNode) slim.path("metadata")).putArray("managedFields");
        for (JsonNode each : metadata.path("managedFields")) {
            if (each.path("manager").asText().startsWith(KubeApi.FIELD_MANAGER)) {
                ours.add(each);
            }
        }
        return slim;
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    /** Versions of one server are numbers in fact; where they are not, what comes later counts. */
    private static long number(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asLong(0);
    }

    synchronized void close() {
        closed = true;
        if (following != null) {
            following.cancel();
        }
    }
}
