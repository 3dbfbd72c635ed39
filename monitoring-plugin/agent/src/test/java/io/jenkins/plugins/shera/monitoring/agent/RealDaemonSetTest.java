package io.jenkins.plugins.shera.monitoring.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.monitoring.agent.http.TestCertificate;
import io.jenkins.plugins.shera.monitoring.cluster.MachineJava;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.sources.AgentException;
import io.jenkins.plugins.shera.monitoring.sources.AgentLogs;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs;
import io.jenkins.plugins.shera.monitoring.sources.LogLine;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogStream;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifest of deploy/ on a real cluster whose node is this machine, as it stands but for namespace and image: in place of an
 * image with the jar, the pods see this machine's Java and the classes under test.
 */
@Tag("cluster")
@Tag("slow")
class RealDaemonSetTest {

    private static final int PORT = 8441;

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final String namespace =
            "shera-agents-" + UUID.randomUUID().toString().substring(0, 8);
    private ClusterClient client;
    private Applier applier;

    @BeforeEach
    void connect() throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file)) && Files.isReadable(Path.of("/var/log/pods"));
        if (!there && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1, but KUBECONFIG names no cluster on this machine");
        }
        Assumptions.assumeTrue(there, "needs a cluster that KUBECONFIG names, on this machine");
        client =
                ClusterClient.open(Kubeconfig.parse(Files.readString(Path.of(file)), null, false), TimeLimits.STANDARD);
        applier = new Applier(client.api(), new Kinds(client.api()));
        applier.apply(
                Manifests.read("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}", "namespace"));
    }

    @AfterEach
    void remove() throws Exception {
        if (client == null) {
            return;
        }
        Kinds kinds = new Kinds(client.api());
        delete(new ObjectRef(
                kinds.find("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"), "", "log-agent-" + namespace));
        delete(new ObjectRef(kinds.find("v1", "Namespace"), "", namespace));
        client.close();
    }

    private void delete(ObjectRef ref) throws Exception {
        Optional<JsonNode> there = client.api().find(ref);
        if (there.isPresent()) {
            client.api().delete(ref, there.get().at("/metadata/uid").asText());
        }
    }

    private void secret(TestCertificate certificate) throws Exception {
        Base64.Encoder base64 = Base64.getEncoder();
        applier.apply(
                inNamespace("{apiVersion: v1, kind: Secret, type: kubernetes.io/tls, metadata: {name: shera-log-agent},"
                        + " data: {tls.crt: "
                        + base64.encodeToString(certificate.chain().getBytes(StandardCharsets.US_ASCII))
                        + ", tls.key: "
                        + base64.encodeToString(certificate.key().getBytes(StandardCharsets.US_ASCII)) + "}}"));
    }

    private List<Manifest> inNamespace(String yaml) throws Exception {
        return Manifests.read(yaml, "objects").stream()
                .map(manifest -> manifest.in(namespace))
                .toList();
    }

    /** The manifest as it stands, in this test's namespace, with the machine's own Java for an image. */
    private void deployAgents() throws Exception {
        String text = Files.readString(Path.of("deploy/daemonset.yaml"))
                .replace("namespace: shera", "namespace: " + namespace)
                .replace(
                        "kind: ClusterRoleBinding\nmetadata:\n  name: shera-log-agent",
                        "kind: ClusterRoleBinding\nmetadata:\n  name: log-agent-" + namespace);
        assertThat(text).contains("log-agent-" + namespace);
        List<Manifest> manifests = Manifests.read(text, "daemonset.yaml");
        List<Manifest> changed = new ArrayList<>();
        for (Manifest manifest : manifests) {
            ObjectNode object = manifest.content().deepCopy();
            if (object.path("kind").asText().equals("DaemonSet")) {
                MachineJava.into(
                        (ObjectNode) object.at("/spec/template/spec"),
                        Main.class,
                        List.of("/etc/shera-monitoring/agent.properties"));
            }
            changed.addAll(Manifests.read(object.toString(), "changed"));
        }
        applier.apply(changed);
    }

    private String token() throws Exception {
        JsonNode request = json.readTree(
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{\"expirationSeconds\":3600}}");
        return client.api()
                .create("/api/v1/namespaces/" + namespace + "/serviceaccounts/reader/token", request)
                .at("/status/token")
                .asText();
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

    private static boolean answers(URI agent, TestCertificate trusted) {
        try {
            AgentLogs.probe(agent, TrustedPem.of(trusted.chain()));
            return true;
        } catch (AgentException e) {
            return false;
        }
    }

    @Test
    void theDaemonSetFindsRangesInTheLogsOfItsNodeAndTakesUpANewCertificate() throws Exception {
        JsonNode node = client.api()
                .list(new ResourceKind("v1", "Node", "nodes", false), "", "", "")
                .get(0);
        String ip = node.at("/status/addresses/0/address").asText();
        TestCertificate first = TestCertificate.make(folder.resolve("first"), ip);
        secret(first);
        applier.apply(inNamespace(
                """
                {apiVersion: v1, kind: ServiceAccount, metadata: {name: reader}}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader},
                 rules: [{apiGroups: [''], resources: [pods/log], verbs: [get]}]}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: reader},
                 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader},
                 subjects: [{kind: ServiceAccount, name: reader, namespace: NAMESPACE}]}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: shop-1}, spec: {terminationGracePeriodSeconds: 0,
                 automountServiceAccountToken: false, containers: [{name: shop, image: 'localhost/busybox:1',
                 imagePullPolicy: IfNotPresent, command: [sh, -c, 'i=0; while [ $i -lt 300 ]; do echo "line $i";
                 i=$((i+1)); done; echo last; sleep 3600']}]}}
                """
                        .replace("NAMESPACE", namespace)));
        deployAgents();
        URI agent = URI.create("https://" + ip + ":" + PORT);
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> answers(agent, first));

        ContainerLog shop = new ContainerLog(namespace, "shop-1", "shop");
        AgentLogs agents = new AgentLogs(
                log -> Optional.of(agent),
                Map.of("Authorization", List.of("Bearer " + token())),
                TrustedPem.of(first.chain()),
                note -> {});
        List<LogLine> all = await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(
                        () -> lines(new KubernetesLogs(client.api())
                                .open(shop, new LogQuery(Window.of(null, null), -1, false, false))),
                        read -> read.size() == 301);
        Window middle = new Window(all.get(100).stamp(), all.get(200).stamp());
        assertThat(lines(agents.open(shop, new LogQuery(middle, -1, false, false))))
                .containsExactlyElementsOf(all.stream()
                        .filter(line -> line.stamp() >= middle.since() && line.stamp() <= middle.until())
                        .toList());

        TestCertificate second = TestCertificate.make(folder.resolve("second"), ip);
        secret(second);
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> answers(agent, second));
        assertThat(answers(agent, first)).isFalse();
        List<JsonNode> pods =
                client.api().list(ResourceKind.POD, namespace, "app.kubernetes.io/name=shera-log-agent", "");
        assertThat(pods).singleElement().satisfies(pod -> assertThat(
                        pod.at("/status/containerStatuses/0/restartCount").asInt())
                .as("no restart for it")
                .isZero());
    }
}
