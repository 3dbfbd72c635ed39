package io.jenkins.plugins.shera.monitoring.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A namespace for one test in the cluster that KUBECONFIG names; closing it deletes it with all that is in it. */
public final class TestNamespace implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration RUN = Duration.ofSeconds(30);
    private static final int TRIES = 480;

    private final String kubeconfig;
    private final String name;
    private final ClusterClient client;
    private final Applier applier;

    private TestNamespace(String kubeconfig, String name) throws Exception {
        this.kubeconfig = kubeconfig;
        this.name = name;
        this.client = ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD);
        this.applier = new Applier(client.api(), new Kinds(client.api()));
        applier.apply(Manifests.read("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}", "namespace"));
    }

    /** Makes one, or skips the test with a reason; fails instead where real parts are required. */
    public static TestNamespace make(String purpose) throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if (!there && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1, but KUBECONFIG names no readable file");
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        return new TestNamespace(Files.readString(Path.of(file)), "shera-" + purpose + "-" + suffix);
    }

    public String name() {
        return name;
    }

    public ClusterClient client() {
        return client;
    }

    /** The address of the API server. */
    public String server() throws IOException {
        return Kubeconfig.parse(kubeconfig, null, false).server().toString();
    }

    /** The certificate of its authority as PEM; empty where the kubeconfig has none. */
    public String authority() {
        return data("certificate-authority");
    }

    /** What the kubeconfig has as {@code NAME-data}, as PEM; empty where it has none. */
    public String data(String field) {
        Matcher data = Pattern.compile(Pattern.quote(field) + "-data\"?: *\"?([A-Za-z0-9+/=]+)")
                .matcher(kubeconfig);
        return data.find() ? new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.US_ASCII) : "";
    }

    /** Applies objects in this namespace. */
    public void apply(String yaml) throws Exception {
        applier.apply(Manifests.read(yaml, "objects").stream()
                .map(manifest -> manifest.in(name))
                .toList());
    }

    /** A secret with one text. */
    public void secret(String secret, String type, String key, String text, String... more) throws Exception {
        StringBuilder data = new StringBuilder(entry(key, text));
        for (int i = 0; i < more.length; i += 2) {
            data.append(", ").append(entry(more[i], more[i + 1]));
        }
        apply("{apiVersion: v1, kind: Secret, type: " + type + ", metadata: {name: " + secret + "}, data: {" + data
                + "}}");
    }

    private static String entry(String key, String text) {
        return key + ": " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A service account that may do this with pods here, and its token. */
    public String tokenFor(String account, String rules) throws Exception {
        String rbac = "apiVersion: rbac.authorization.k8s.io/v1, metadata: {name: " + account + "}";
        apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + account + "}}\n---\n{kind: Role, " + rbac
                + ", rules: " + rules + "}\n---\n{kind: RoleBinding, " + rbac
                + ", roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: " + account
                + "}, subjects: [{kind: ServiceAccount, name: " + account + ", namespace: " + name + "}]}");
        return client.api()
                .create(
                        "/api/v1/namespaces/" + name + "/serviceaccounts/" + account + "/token",
                        JSON.readTree("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\","
                                + "\"spec\":{\"expirationSeconds\":3600}}"))
                .at("/status/token")
                .asText();
    }

    /** A pod once all of its containers are ready. */
    public JsonNode ready(String pod) throws Exception {
        return awaited(() -> client.api().find(new ObjectRef(ResourceKind.POD, name, pod)), pod);
    }

    /** The first pod with a label once all of its containers are ready. */
    public JsonNode readyWith(String selector) throws Exception {
        return awaited(
                () -> client.api().list(ResourceKind.POD, name, selector, "").stream()
                        .findFirst(),
                selector);
    }

    private interface Look {
        Optional<JsonNode> at() throws IOException;
    }

    private static JsonNode awaited(Look look, String what) throws Exception {
        Optional<JsonNode> last = Optional.empty();
        for (int i = 0; i < TRIES; i++) {
            last = look.at();
            if (last.isPresent() && isReady(last.get())) {
                return last.get();
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
        throw new AssertionError(what + " is not ready: "
                + last.map(pod -> pod.path("status").toString()).orElse("it is not there"));
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode each : pod.at("/status/conditions")) {
            if (each.path("type").asText().equals("Ready")) {
                return each.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** Runs words of shell in a container and gives what they print. */
    public String shell(String pod, String container, String words) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new ExecRun(client.exec(), RUN).run(ExecRequest.command(name, pod, container, "sh", "-c", words), null, said);
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Deletes a pod. */
    public void deletePod(String pod) throws IOException {
        delete(new ObjectRef(ResourceKind.POD, name, pod));
    }

    private void delete(ObjectRef ref) throws IOException {
        Optional<JsonNode> there = client.api().find(ref);
        if (there.isPresent()) {
            client.api().delete(ref, there.get().at("/metadata/uid").asText());
        }
    }

    @Override
    public void close() throws IOException {
        delete(new ObjectRef(new Kinds(client.api()).find("v1", "Namespace"), "", name));
        client.close();
    }
}
