package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/**
 * The cluster that KUBECONFIG names, with a namespace for one test, and a Prometheus of this machine that gets its files from an object
 * there by a loop of this class. In a cluster the kubelet writes a ConfigMap to the folder where a pod mounts it, and an operator makes
 * such a ConfigMap of a PrometheusRule; this Prometheus runs in no pod, so somebody has to do that for it.
 */
public final class RulesInCluster implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String kubeconfig;
    private final ClusterClient client;
    private final RealPrometheus prometheus;
    private final String namespace =
            "shera-rules-" + UUID.randomUUID().toString().substring(0, 8);
    private Thread loop;

    private RulesInCluster(String kubeconfig, RealPrometheus prometheus) throws Exception {
        this.kubeconfig = kubeconfig;
        this.prometheus = prometheus;
        client = open();
        apply("v1", "Namespace", "", namespace, "{}");
    }

    /** Opens it, or skips the test with a reason; fails instead where real parts are required. */
    public static RulesInCluster start(Path folder) throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if (!there && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1, but KUBECONFIG names no readable file");
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        return new RulesInCluster(Files.readString(Path.of(file)), RealPrometheus.start(folder));
    }

    /** The text of the file that KUBECONFIG names. */
    public String kubeconfig() {
        return kubeconfig;
    }

    public String namespace() {
        return namespace;
    }

    public RealPrometheus prometheus() {
        return prometheus;
    }

    /** Another connection to the cluster, for who closes it. */
    public ClusterClient open() {
        return ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD);
    }

    public KubeApi api() {
        return client.api();
    }

    /** Applies these fields of an object as somebody who is not the platform. */
    public void apply(String version, String kind, String in, String name, String fields) throws Exception {
        ObjectNode object = (ObjectNode) JSON.readTree(fields);
        object.put("apiVersion", version).put("kind", kind);
        ObjectNode metadata = object.withObject("/metadata").put("name", name);
        if (!in.isEmpty()) {
            metadata.put("namespace", in);
        }
        ObjectRef ref = new ObjectRef(new Kinds(api()).find(version, kind), in, name);
        api().applyPart(ref, object, "-somebody", false, false);
    }

    /** The object as it lies there now; missing where there is none. */
    public JsonNode live(RuleObject object) throws IOException {
        return api().find(object.ref(new Kinds(api()))).orElse(MissingNode.getInstance());
    }

    /** Begins to bring the files of an object to Prometheus, all of them at once as a kubelet does; {@code reload} tells it, too. */
    public void bring(RuleObject object, boolean reload, Function<JsonNode, Map<String, String>> files) {
        loop = new Thread(() -> bringAll(object, reload, files), "files of the cluster");
        loop.start();
    }

    /** Ends that. */
    public void halt() throws InterruptedException {
        if (loop != null) {
            loop.interrupt();
            loop.join(TimeUnit.SECONDS.toMillis(30));
        }
    }

    /** The files of a ConfigMap. */
    public static Map<String, String> ofConfigMap(JsonNode live) {
        Map<String, String> files = new TreeMap<>();
        live.path("data")
                .properties()
                .forEach(each -> files.put(each.getKey(), each.getValue().asText()));
        return files;
    }

    private void bringAll(RuleObject object, boolean reload, Function<JsonNode, Map<String, String>> files) {
        Map<String, String> brought = Map.of();
        try {
            while (true) {
                Map<String, String> now = files.apply(live(object));
                if (!now.equals(brought)) {
                    swap(now);
                    brought = now;
                    if (reload) {
                        prometheus.client().reload();
                    }
                }
                TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(300).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // An interrupted call ends so, too; where it was no interruption, Prometheus gets nothing and the test says
            // so.
            Thread.currentThread().interrupt();
        }
    }

    private void swap(Map<String, String> files) throws IOException {
        Files.createDirectories(prometheus.rules());
        Path folder = Files.createTempDirectory(prometheus.rules(), "set");
        for (Map.Entry<String, String> each : files.entrySet()) {
            Files.writeString(folder.resolve(each.getKey()), each.getValue());
        }
        Path link = Files.createSymbolicLink(prometheus.rules().resolve(folder.getFileName() + ".new"), folder);
        Files.move(link, prometheus.rules().resolve("current"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws Exception {
        halt();
        prometheus.close();
        ObjectRef ref = new ObjectRef(new Kinds(api()).find("v1", "Namespace"), "", namespace);
        api().delete(ref, api().get(ref.path()).at("/metadata/uid").asText());
        client.close();
    }
}
