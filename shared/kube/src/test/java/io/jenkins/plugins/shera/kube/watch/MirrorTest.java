package io.jenkins.plugins.shera.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against a small server that says what the test wants when it wants it: a real one breaks no watch on demand. Watches that expire, end
 * without a word and go silent are B4 3, 6 and 7 of the list of faults.
 */
class MirrorTest {

    private static final String END = "";
    private static final ResourceKind MAPS = new ResourceKind("v1", "ConfigMap", "configmaps", true);

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();
    private final List<String> changed = new CopyOnWriteArrayList<>();
    private volatile String items = object("a", 5, "one");
    private HttpServer server;
    private ClusterClient client;
    private Mirror mirror;
    private KubeApi api;

    private static String object(String name, int version, String value) {
        return "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\",\"uid\":\"u-" + name
                + "\",\"resourceVersion\":\"" + version
                + "\",\"labels\":{\"x\":\"y\"},\"managedFields\":[{\"manager\":\"kubectl\"}]},"
                + "\"data\":{\"v\":\"" + value + "\"}}";
    }

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::serve);
        server.start();
        client = ClusterClient.open(
                ClusterAccess.at("http://127.0.0.1:" + server.getAddress().getPort())
                        .declaredInsecure(true)
                        .done(),
                TimeLimits.INTERACTIVE);
    }

    private void watch(String selector) {
        watch(selector, Shelf.Limits.USUAL);
    }

    private void watch(String selector, Shelf.Limits limits) {
        mirror = Mirror.open(
                client.api(),
                "shop",
                List.of(new Mirror.Part(MAPS, selector)),
                object -> changed.add(object.path("metadata").path("name").asText()),
                limits);
        api = client.api().remembering(mirror);
        await().until(mirror::isSynced);
    }

    @AfterEach
    void close() {
        mirror.close();
        client.close();
        events.add(END);
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.contains("watch=true")) {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.flush();
                    for (String event = events.take(); !event.equals(END); event = events.take()) {
                        out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
                        out.flush();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return;
            }
            boolean list = exchange.getRequestURI().getPath().endsWith("/configmaps");
            (list ? lists : reads).incrementAndGet();
            String body = list
                    ? "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[" + items + "]}"
                    : exchange.getRequestMethod().equals("PUT")
                            ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                            : object("asked", 20, "live");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static ObjectRef ref(String name) {
        return new ObjectRef(MAPS, "shop", name);
    }

    private String value(String name) throws Exception {
        return api.find(ref(name))
                .map(each -> each.path("data").path("v").asText())
                .orElse("none");
    }

    private void say(String type, String object) {
        events.add("{\"type\":\"" + type + "\",\"object\":" + object + "}");
    }

    @Test
    void knowsWithoutAskingWhatWasListedFollowedAndWritten() throws Exception {
        watch("");
        assertThat(value("a")).isEqualTo("one");
        assertThat(value("b")).isEqualTo("none");
        assertThat(api.find(ref("a")).orElseThrow().path("metadata").path("managedFields"))
                .isEmpty();
        say("ADDED", object("b", 10, "two"));
        await().until(() -> value("b").equals("two"));
        assertThat(changed).contains("a", "b");
        assertThat(api.list(MAPS, "shop", "x=y", "")).hasSize(2);
        assertThat(api.list(MAPS, "shop", "x=z", "")).isEmpty();
        assertThat(reads).hasValue(0);

        // What we wrote is known at once, and what happened before does not undo it.
        JsonNode written = new ObjectMapper().readTree(object("b", 15, "ours"));
        api.replace(ref("b"), written);
        assertThat(value("b")).isEqualTo("ours");
        say("MODIFIED", object("b", 12, "late"));
        say("MODIFIED", object("a", 16, "after"));
        await().until(() -> value("a").equals("after"));
        assertThat(value("b")).isEqualTo("ours");
        api.delete(ref("b"), "u-b");
        say("MODIFIED", object("b", 17, "going"));
        say("MODIFIED", object("a", 18, "last"));
        await().until(() -> value("a").equals("last"));
        assertThat(value("b")).isEqualTo("none");
        say("DELETED", object("a", 19, "last"));
        await().until(() -> value("a").equals("none"));
        assertThat(lists).hasValue(1);
    }

    @Test
    void asksTheClusterWhileItKnowsNothingAndListsAgain() throws Exception {
        watch("");
        items = object("a", 30, "again");
        say("ERROR", "{\"code\":410}");
        events.add(END);
        await().until(() -> !mirror.isSynced());
        assertThat(value("a")).isEqualTo("live");
        await().until(mirror::isSynced);
        assertThat(value("a")).isEqualTo("again");
        assertThat(lists).hasValue(2);
        // One that ends as it should is followed on, and nothing is listed.
        say("BOOKMARK", object("", 31, ""));
        events.add(END);
        say("MODIFIED", object("a", 32, "on"));
        await().until(() -> value("a").equals("on"));
        assertThat(lists).hasValue(2);
    }

    /** The connection stays open and says nothing any more, not even that it ends: what changed meanwhile is found all the same. */
    @Test
    void aWatchThatGoesSilentIsNoticed() throws Exception {
        watch("", new Shelf.Limits(1, 1));
        assertThat(value("a")).isEqualTo("one");
        items = object("a", 30, "meanwhile");
        await().until(() -> changed.size() == 2);
        await().until(() -> value("a").equals("meanwhile"));
        assertThat(lists.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aWatchThatBrokeIsNoNewsOfWhatStayedAsItWas() throws Exception {
        items = object("a", 5, "one") + "," + object("b", 6, "two") + "," + object("c", 7, "three");
        watch("");
        assertThat(changed).containsExactlyInAnyOrder("a", "b", "c");
        changed.clear();
        items = object("a", 5, "one") + "," + object("b", 30, "other") + "," + object("d", 31, "new");
        say("ERROR", "{\"code\":410}");
        events.add(END);
        await().until(() -> !mirror.isSynced());
        await().until(mirror::isSynced);
        await().until(() -> changed.size() == 3);
        assertThat(changed).containsExactlyInAnyOrder("b", "c", "d");
        assertThat(value("c")).isEqualTo("none");
    }

    @Test
    void aPartOfAKindSaysNothingOfTheRest() throws Exception {
        watch("x=y");
        assertThat(value("a")).isEqualTo("one");
        assertThat(value("other")).isEqualTo("live");
        assertThat(api.list(MAPS, "shop", "x=y", "")).hasSize(1);
        assertThat(mirror.listed("/api/v1/namespaces/shop/configmaps", "", "")).isEmpty();
        assertThat(mirror.listed("/api/v1/namespaces/shop/configmaps", "x!=y", ""))
                .isEmpty();
        assertThat(mirror.found("/api/v1/namespaces/shop/secrets/a")).isEmpty();
        assertThat(mirror.forWriters().found("/api/v1/namespaces/shop/configmaps/a"))
                .isEmpty();
    }
}
