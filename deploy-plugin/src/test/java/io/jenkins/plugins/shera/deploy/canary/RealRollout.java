package io.jenkins.plugins.shera.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.analysis.Measurer;
import io.jenkins.plugins.shera.deploy.traffic.InPlaceTraffic;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** An application in the real cluster that answers its version, and rollouts of it. */
public final class RealRollout {

    /** What its pods run. */
    public static final String IMAGE = "localhost/busybox:1";

    private static final Seal SEAL = new Seal("key".getBytes(StandardCharsets.UTF_8));

    final TestCluster cluster;
    final Subject subject;
    final List<String> lines = new ArrayList<>();
    /** Rounds of one second until a step that does not get on fails; they pass faster than pods start. */
    int deadline = 300;

    Measurer measurer = (spec, run) -> Optional.empty();

    private final String name;
    private String pull = "IfNotPresent";

    /** For an application shop in the cluster's namespace. */
    public RealRollout(TestCluster cluster) {
        this(cluster, "shop");
    }

    /** For an application of this name. */
    public RealRollout(TestCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
        this.subject = new Subject("retail", name, "prod", "real", cluster.namespace());
    }

    /** An image the node does not have fails the pod at once then; one that is pulled is given half a minute. */
    public RealRollout withoutPulling() {
        pull = "Never";
        return this;
    }

    /** Stable with so many pods of version 1, and its Service. */
    public void deploy(int replicas) throws Exception {
        deploy(replicas, "");
    }

    /** The same with these options in {@code JAVA_TOOL_OPTIONS}; empty for none. */
    public void deploy(int replicas, String javaOptions) throws Exception {
        begin(replicas, javaOptions);
        awaitPods(replicas);
    }

    /** The same without waiting, for what a test does while pods start. */
    public void begin(int replicas) throws Exception {
        begin(replicas, "");
    }

    private void begin(int replicas, String javaOptions) throws Exception {
        apply(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: shop}
                spec:
                  selector: {app.kubernetes.io/name: shop, shera.io/track: stable}
                  ports: [{name: main, port: 8080, targetPort: main}]
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, labels: {app.kubernetes.io/name: shop}}
                spec:
                  %s
                  selector: {matchLabels: {app.kubernetes.io/name: shop, shera.io/track: stable}}
                  strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 2}}
                  template:
                    metadata: {labels: {app.kubernetes.io/name: shop, shera.io/track: stable}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                      - name: shop
                        image: localhost/busybox:1
                        imagePullPolicy: %s
                        env: [{name: VERSION, value: "1"}%s]
                        resources: {requests: {cpu: 5m}}
                        command: [sh, -c, 'mkdir /tmp/w; echo $VERSION > /tmp/w/index.html; [ "$VERSION" = broken ] && exit 3; echo serving $VERSION; exec httpd -f -p 8080 -h /tmp/w']
                        ports: [{name: main, containerPort: 8080}]
                        readinessProbe: {periodSeconds: 1, httpGet: {path: /, port: main}}
                """
                        .formatted(
                                replicas < 0 ? "" : "replicas: " + replicas,
                                pull,
                                javaOptions.isEmpty()
                                        ? ""
                                        : ", {name: JAVA_TOOL_OPTIONS, value: \"" + javaOptions + "\"}")
                        .replace("shop", name));
    }

    /** Until so many pods of stable serve. */
    public void awaitPods(int replicas) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> stable().path("status").path("availableReplicas").asInt() >= Math.max(1, replicas));
    }

    void apply(String yaml) throws Exception {
        List<io.jenkins.plugins.shera.kube.manifest.Manifest> manifests = Manifests.read(yaml, "test").stream()
                .map(manifest -> manifest.in(cluster.namespace()))
                .toList();
        new Applier(cluster.api(), new Kinds(cluster.api())).apply(manifests);
    }

    /** A StatefulSet of three pods of version 1, and its Service. */
    public void deploySet() throws Exception {
        beginSet();
        awaitSet();
    }

    /** The same without waiting. */
    public void beginSet() throws Exception {
        apply(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: shop}
                spec:
                  selector: {app: shop}
                  ports: [{name: main, port: 8080, targetPort: 8080}]
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: shop, labels: {app: shop}}
                spec:
                  replicas: 3
                  serviceName: shop
                  podManagementPolicy: OrderedReady
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop}}
                    spec:
                      terminationGracePeriodSeconds: 0
                      containers:
                      - name: shop
                        image: localhost/busybox:1
                        env: [{name: VERSION, value: "1"}]
                        resources: {requests: {cpu: 5m}}
                        command: [sh, -c, 'mkdir /tmp/w; echo $VERSION > /tmp/w/index.html; [ "$VERSION" = broken ] && exit 3; exec httpd -f -p 8080 -h /tmp/w']
                        readinessProbe: {periodSeconds: 1, httpGet: {path: /, port: 8080}}
                """);
    }

    /** Until all three serve. */
    public void awaitSet() {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> set().path("status").path("readyReplicas").asInt() == 3);
    }

    public JsonNode set() throws IOException {
        return cluster.api().get(ref(InPlaceTraffic.STATEFUL_SET, "shop").path());
    }

    public JsonNode stable() throws IOException {
        return cluster.api().get(ref(ResourceKind.DEPLOYMENT, name).path());
    }

    /** The ConfigMap with its last rollout. */
    public JsonNode record() throws IOException {
        ResourceKind maps = new ResourceKind("v1", "ConfigMap", "configmaps", true);
        return cluster.api().get(ref(maps, name + "-rollout").path());
    }

    public Optional<JsonNode> canary() throws IOException {
        return cluster.api().find(ref(ResourceKind.DEPLOYMENT, name + "-canary"));
    }

    ObjectRef ref(ResourceKind kind, String name) {
        return new ObjectRef(kind, cluster.namespace(), name);
    }

    RolloutStore store() {
        return new RolloutStore(cluster.api(), SEAL, subject);
    }

    RolloutPlan draft(PlanStep... steps) {
        return draft("replicas", Map.of(), steps);
    }

    RolloutPlan draft(String router, Map<String, String> settings, PlanStep... steps) {
        return new RolloutPlan(
                UUID.randomUUID().toString(),
                subject,
                List.of(steps),
                router,
                settings,
                null,
                null,
                deadline,
                false,
                "ann",
                "retail/release#1");
    }

    Rollout begin(TrafficControl router, String version, PlanStep... steps) throws Exception {
        return begin(router, draft(steps), version);
    }

    Rollout begin(TrafficControl router, RolloutPlan draft, String version) throws Exception {
        RolloutRecord record = new Starter(cluster.api(), store(), router, "jenkins-1")
                .begin(draft, IMAGE, Map.of("VERSION", version), io.jenkins.plugins.shera.deploy.pod.PodSettings.NONE);
        return new Rollout(cluster.api(), store(), router, measurer, "jenkins-1", record);
    }

    /** As another start of Jenkins, which takes over. */
    Rollout resume(TrafficControl router, String holder) throws Exception {
        Rollout rollout = new Rollout(
                cluster.api(), store(), router, measurer, holder, store().load().orElseThrow());
        rollout.claim();
        return rollout;
    }

    /** Rounds, each counting as one second, until the status is as wanted. */
    void drive(Rollout rollout, Predicate<RolloutStatus> end) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(150))
                .until(() -> {
                    lines.addAll(rollout.tick(1000));
                    return end.test(rollout.status());
                });
    }

    /** What so many requests over new connections were answered, counted. */
    Map<String, Integer> ask(String url, int times, String header, String value) throws IOException {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < times; i++) {
            answers.merge(get(url, header, value), 1, Integer::sum);
        }
        return answers;
    }

    /** The nodes' own proxies follow the cluster's objects within a second or two. */
    public void onlyAnswers(String url, String version, String header, String value) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(ask(url, 12, header, value)).containsOnlyKeys(version));
    }

    /** One request over a connection of its own, with any Host, which Java's own clients do not send. */
    static String get(String url, String... headers) throws IOException {
        URI uri = URI.create(url);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(5000);
            StringBuilder request = new StringBuilder("GET " + uri.getPath() + " HTTP/1.0\r\n");
            for (int i = 0; i + 1 < headers.length; i += 2) {
                if (headers[i] != null) {
                    request.append(headers[i])
                            .append(": ")
                            .append(headers[i + 1])
                            .append("\r\n");
                }
            }
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String head = answer.lines().findFirst().orElse("no answer");
            return head.contains(" 200 ")
                    ? answer.substring(answer.indexOf("\r\n\r\n") + 4).strip()
                    : head;
        }
    }

    /** Address of the application's Service. */
    public String service() throws IOException {
        String ip = cluster.api()
                .get(ref(ResourceKind.SERVICE, name).path())
                .path("spec")
                .path("clusterIP")
                .asText();
        assertThat(ip).isNotEmpty();
        return "http://" + ip + ":8080/";
    }
}
