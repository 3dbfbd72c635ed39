package io.jenkins.plugins.shera.monitoring.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.sources.AgentLogs;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs;
import io.jenkins.plugins.shera.monitoring.sources.LogLine;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogStream;
import io.jenkins.plugins.shera.monitoring.sources.SourceNote;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The agent over the logs of a real node: a pod of the cluster that KUBECONFIG names, whose log files this process may read, and
 * the API server's own reviews.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealLogAgentTest {

    private static final Path PODS = Path.of("/var/log/pods");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String namespace =
            "shera-log-agent-" + UUID.randomUUID().toString().substring(0, 8);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<SourceNote> notes = new ArrayList<>();
    private ClusterClient client;
    private LogAgent agent;
    private URI address;
    private String reader;
    private String stranger;

    @BeforeAll
    void start() throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file)) && Files.isReadable(PODS);
        if (!there && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError(
                    "SHERA_REQUIRE_REAL=1, but KUBECONFIG names no readable file, or " + PODS + " is not here");
        }
        Assumptions.assumeTrue(there, "needs a cluster that KUBECONFIG names, on this machine");
        client =
                ClusterClient.open(Kubeconfig.parse(Files.readString(Path.of(file)), null, false), TimeLimits.STANDARD);
        String core = "/api/v1/namespaces/" + namespace;
        create("/api/v1/namespaces", "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + namespace + "'}}");
        for (String account : List.of("reader", "stranger")) {
            create(
                    core + "/serviceaccounts",
                    "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'" + account + "'}}");
        }
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
        String version = "'apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'reader'}";
        create(
                rbac + "/roles",
                "{'kind':'Role'," + version
                        + ",'rules':[{'apiGroups':[''],'resources':['pods/log'],'verbs':['get']}]}");
        create(
                rbac + "/rolebindings",
                "{'kind':'RoleBinding'," + version
                        + ",'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'reader'},"
                        + "'subjects':[{'kind':'ServiceAccount','name':'reader','namespace':'" + namespace + "'}]}");
        // It rests before its long line: the kubelet's own reader, which is the oracle here, tears one that stderr
        // comes between.
        create(
                core + "/pods",
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'shop-1'},'spec':{"
                        + "'automountServiceAccountToken':false,'terminationGracePeriodSeconds':0,'containers':[{'name':'shop','image':'localhost/busybox:1','imagePullPolicy':'IfNotPresent','command':['sh','-c','i=0;"
                        + " while [ $i -lt 200 ]; do echo \\\"line $i\\\"; [ $((i%20)) = 0 ] && echo \\\"error $i\\\" >&2;"
                        + " i=$((i+1)); done; sleep 2; head -c 40000 /dev/zero | tr \\\"\\\\\\\\000\\\" x; echo; echo last; sleep"
                        + " 3600']}]}}");
        reader = token("reader");
        stranger = token("stranger");
        agent = LogAgent.start(new Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                null,
                Path.of(file),
                null,
                "",
                PODS,
                Path.of("/var/lib/docker/containers"),
                4,
                2));
        address = URI.create("http://127.0.0.1:" + agent.address().getPort());
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> fromAgent(null, null).stream()
                        .anyMatch(line -> line.text().equals("last")));
    }

    @AfterAll
    void stop() throws Exception {
        if (agent != null) {
            agent.close();
        }
        if (client != null) {
            ObjectRef ref = new ObjectRef(new Kinds(client.api()).find("v1", "Namespace"), "", namespace);
            client.api()
                    .delete(
                            ref,
                            client.api()
                                    .get(ref.path())
                                    .path("metadata")
                                    .path("uid")
                                    .asText());
            client.close();
        }
    }

    private JsonNode create(String path, String json) throws Exception {
        return client.api().create(path, JSON.readTree(json.replace('\'', '"')));
    }

    private String token(String account) throws Exception {
        String path = "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + account + "/token";
        return create(
                        path,
                        "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':{'expirationSeconds':3600}}")
                .at("/status/token")
                .asText();
    }

    private ContainerLog shop() {
        return new ContainerLog(namespace, "shop-1", "shop");
    }

    private List<LogLine> fromAgent(Long since, Long until) throws Exception {
        Window window = new Window(since == null ? 1 : since, until == null ? Long.MAX_VALUE : until);
        AgentLogs logs = new AgentLogs(
                log -> Optional.of(address), Map.of("Authorization", List.of("Bearer " + reader)), null, notes::add);
        return lines(logs.open(shop(), new LogQuery(window, -1, false, false)));
    }

    private static List<LogLine> lines(LogStream opened) throws Exception {
        List<LogLine> lines = new ArrayList<>();
        try (LogStream stream = opened) {
            for (LogLine line = stream.next(); line != null; line = stream.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String asked() {
        return "/v1/logs?namespace=" + namespace + "&pod=shop-1&container=shop";
    }

    @Test
    void givesTheLinesThatTheKubernetesApiGivesAndAnyRangeOfThem() throws Exception {
        List<LogLine> all = lines(
                new KubernetesLogs(client.api()).open(shop(), new LogQuery(Window.of(null, null), -1, false, false)));
        assertThat(all).hasSizeGreaterThan(200);

        assertThat(fromAgent(null, null)).containsExactlyInAnyOrderElementsOf(all);
        long since = all.get(50).stamp();
        long until = all.get(150).stamp();
        notes.clear();
        assertThat(fromAgent(since, until))
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .filter(line -> line.stamp() >= since && line.stamp() <= until)
                        .toList());
        assertThat(all).anySatisfy(line -> assertThat(line.text()).hasSize(40_000));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            notes.clear();
            fromAgent(since, until);
            assertThat(notes)
                    .as("once the agent has read the file it vouches for the order")
                    .isEmpty();
        });
    }

    @Test
    void givesOnlyLinesThatAreAskedForAndSaysWhichExpressionIsNone() throws Exception {
        String[] own = {"Authorization", "Bearer " + reader};
        HttpResponse<String> text = get(asked() + "&grep=ERROR+1", own);
        assertThat(text.body().lines().filter(line -> !line.startsWith("#end")))
                .isNotEmpty()
                .allMatch(line -> line.contains(" error 1"));
        assertThat(text.body()).contains("\"lines\":5");
        HttpResponse<String> expression = get(asked() + "&regex=true&grep=%5Eline+%5B0-9%5D%24", own);
        assertThat(expression.body().lines().filter(line -> !line.startsWith("#end")))
                .hasSize(10);
        HttpResponse<String> bad = get(asked() + "&regex=true&grep=%28", own);
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("RE2");
        assertThat(get("/healthz").headers().firstValue("Shera-Log-Agent")).contains("2");
    }

    @Test
    void asksTheApiServerWhoMayRead() throws Exception {
        HttpResponse<String> allowed = get(asked(), "Authorization", "Bearer " + reader);
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.body().lines().reduce((first, second) -> second).orElse(""))
                .startsWith("#end {")
                .contains("\"complete\":true");

        assertThat(get(asked(), "Authorization", "Bearer " + stranger).statusCode())
                .isEqualTo(403);
        assertThat(get(asked(), "Authorization", "Bearer nobody").statusCode()).isEqualTo(401);
        assertThat(get(asked()).statusCode()).isEqualTo(401);
        HttpResponse<String> elsewhere =
                get("/v1/logs?namespace=kube-system&pod=shop-1&container=shop", "Authorization", "Bearer " + reader);
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(elsewhere.body()).contains("\"next\"").doesNotContain(reader);
        String[] asAdmin = {
            "Authorization", "Bearer " + reader, "Impersonate-User", "admin", "Impersonate-Group", "system:masters"
        };
        assertThat(get("/v1/logs?namespace=kube-system&pod=p&container=c", asAdmin)
                        .statusCode())
                .as("the reader may impersonate nobody")
                .isEqualTo(403);
        assertThat(get(asked().replace("shop-1", "shop-2"), "Authorization", "Bearer " + reader)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anIdentityThatMayImpersonateReadsAsTheOther() throws Exception {
        String role =
                "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'ClusterRole','metadata':{'name':'" + namespace
                        + "'},'rules':[{'apiGroups':[''],'resources':['users','groups'],'verbs':['impersonate'],"
                        + "'resourceNames':['" + namespace + "-user','" + namespace + "-group']}]}";
        String binding = "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'ClusterRoleBinding','metadata':{'name':'"
                + namespace + "'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'"
                + namespace + "'},'subjects':[{'kind':'ServiceAccount','name':'stranger','namespace':'" + namespace
                + "'}]}";
        String group = "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'RoleBinding','metadata':{'name':'group'},"
                + "'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'reader'},'subjects':[{'kind':'Group',"
                + "'apiGroup':'rbac.authorization.k8s.io','name':'" + namespace + "-group'}]}";
        String rbac = "/apis/rbac.authorization.k8s.io/v1/";
        create(rbac + "clusterroles", role);
        create(rbac + "clusterrolebindings", binding);
        create(rbac + "namespaces/" + namespace + "/rolebindings", group);
        try {
            String[] asOther = {
                "Authorization", "Bearer " + stranger,
                "Impersonate-User", namespace + "-user",
                "Impersonate-Group", namespace + "-group"
            };
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> get(asked(), asOther).statusCode() == 200);
        } finally {
            for (String kind : List.of("ClusterRole", "ClusterRoleBinding")) {
                ResourceKind found = new Kinds(client.api()).find("rbac.authorization.k8s.io/v1", kind);
                ObjectRef ref = new ObjectRef(found, "", namespace);
                client.api()
                        .delete(
                                ref,
                                client.api().get(ref.path()).at("/metadata/uid").asText());
            }
        }
    }

    @Test
    void refusesWhatIsNoRequestForALog() throws Exception {
        for (String bad : List.of(
                "/v1/logs",
                "/v1/logs?namespace=..&pod=shop-1&container=shop",
                "/v1/logs?namespace=" + namespace + "&pod=..%2F..&container=shop",
                "/v1/logs?namespace=" + namespace + "&pod=shop-1&container=..",
                "/v1/logs?namespace=" + namespace + "&pod=shop-1&container=%zz".replace("%zz", "%00"),
                asked() + "&since=yesterday",
                asked() + "&since=99999999999999999999",
                asked() + "&since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z")) {
            assertThat(get(bad, "Authorization", "Bearer " + reader).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(get("/v1/other").statusCode()).isEqualTo(404);
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        HttpRequest post = HttpRequest.newBuilder(address.resolve(asked()))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
        HttpResponse<String> empty =
                get(asked() + "&until=2020-01-01T08:00:00%2B08:00", "Authorization", "Bearer " + reader);
        assertThat(empty.body()).startsWith("#end ");
    }

    @Test
    void tellsTheClockOfTheNode() throws Exception {
        long nanos = Long.parseLong(get("/v1/time").body().strip());
        assertThat(Duration.between(Stamps.instant(nanos), java.time.Instant.now())
                        .abs())
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void anAnswerOfSomethingElseIsAnError() {
        AgentLogs none = new AgentLogs(log -> Optional.empty(), Map.of(), null, notes::add);
        LogQuery query = new LogQuery(new Window(1, 2), -1, false, false);
        assertThatThrownBy(() -> none.open(shop(), query)).hasMessageContaining("no agent is set up");
        AgentLogs anonymous = new AgentLogs(log -> Optional.of(address), Map.of(), null, notes::add);
        assertThatThrownBy(() -> anonymous.open(shop(), query)).hasMessageContaining("no token");
        AgentLogs refused = new AgentLogs(
                log -> Optional.of(address), Map.of("Authorization", List.of("Bearer nobody")), null, notes::add);
        assertThatThrownBy(() -> refused.open(shop(), query)).hasMessageContaining("401");
    }
}
