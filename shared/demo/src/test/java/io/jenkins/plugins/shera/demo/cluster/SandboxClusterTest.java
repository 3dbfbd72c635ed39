package io.jenkins.plugins.shera.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.demo.image.BaseImage;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in itself is under test here, with a Java runtime image made of this machine's JDK and really run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxClusterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private SandboxCluster cluster;
    private Path folder;
    private int namespaces;
    private String namespace;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        ImagePlace registry = new ImagePlace(
                RegistryAddress.of("oci:" + folder.resolve("registry"), "localhost:5000", false, ""),
                RegistryCredentials.NONE);
        new BaseImage(folder.resolve("base")).to(registry.repository("base/java"), "17");
        cluster = new SandboxCluster(registry, folder.resolve("cluster"), 0, "secret", process -> {});
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = "test-" + ++namespaces;
        apply(
                "/api/v1/namespaces/" + namespace,
                "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'%s'}}".formatted(namespace));
    }

    @Test
    void answersNobodyWithoutTheToken() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(cluster.url() + "/version")).build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void runsADeploymentAndItsServiceAnswers() throws Exception {
        String server =
                """
                import com.sun.net.httpserver.*;
                public class Web {
                    public static void main(String[] a) throws Exception {
                        HttpServer s = HttpServer.create(new java.net.InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
                        s.createContext("/", e -> { e.sendResponseHeaders(200, 2); e.getResponseBody().write("hi".getBytes()); e.close(); });
                        s.start();
                    }
                }""";
        Path classes = compile(server);
        apply(
                deployment("web"),
                manifest(
                        "localhost:5000/base/java:17",
                        "'ports':[{'containerPort':8080}],'command':['/opt/java/bin/java','-cp','" + classes
                                + "','Web'],",
                        2));
        apply(
                "/api/v1/namespaces/" + namespace + "/services/web",
                "{'apiVersion':'v1','kind':'Service','metadata':{'name':'web'},'spec':{'selector':{'app':'web'},'ports':[{'port':18080}]}}");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> JSON.readTree(get(deployment("web")).body())
                                .at("/status/availableReplicas")
                                .asInt()
                        == 2);
        String address = JSON.readTree(
                        get("/api/v1/namespaces/" + namespace + "/services/web").body())
                .at("/spec/clusterIP")
                .asText();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + ":18080/"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("hi");

        assertThat(send("DELETE", deployment("web"), "").statusCode()).isEqualTo(200);
        await().until(() -> pods("web").isEmpty());
    }

    private Path compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Web.java"), source);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, file.toString()))
                .isZero();
        return folder;
    }

    @Test
    void saysThatAnImageCannotBePulled() throws Exception {
        apply(deployment("web"), manifest("localhost:5000/no/such:1", "", 1));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(waitingReason("web")).isEqualTo("ImagePullBackOff"));
    }

    @Test
    void saysThatAContainerCrashesAndKeepsItsLog() throws Exception {
        apply(
                deployment("web"),
                manifest("localhost:5000/base/java:17", "'command':['/opt/java/bin/java','no.such.Main'],", 1));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(waitingReason("web")).isEqualTo("CrashLoopBackOff"));
        String pod = pods("web").path(0).path("metadata").path("name").asText();
        assertThat(get("/api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?tailLines=5")
                        .body())
                .contains("ClassNotFoundException: no.such.Main");
    }

    @Test
    void keepsTheOldPodsUntilTheNewOnesAreReady() throws Exception {
        apply(
                deployment("web"),
                manifest("localhost:5000/base/java:17", "'command':['/opt/java/bin/java','-version'],", 1));
        await().until(() -> pods("web").size() == 1);

        apply(deployment("web"), manifest("localhost:5000/no/such:2", "", 1));

        await().until(() -> pods("web").size() == 2);
        JsonNode status = JSON.readTree(get(deployment("web")).body());
        assertThat(status.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(status.at("/metadata/annotations")
                        .path("deployment.kubernetes.io/revision")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void changesNothingOnADryRun() throws Exception {
        HttpResponse<String> answer =
                send("PATCH", deployment("web") + "?dryRun=All", manifest("localhost:5000/base/java:17", "", 1));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(get(deployment("web")).statusCode()).isEqualTo(404);
    }

    private String deployment(String name) {
        return "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + name;
    }

    private static String manifest(String image, String more, int replicas) {
        return """
                {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web'},'spec':{'replicas':%d,
                'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},
                'spec':{'containers':[{'name':'web',%s'image':'%s'}]}}}}"""
                .formatted(replicas, more, image);
    }

    private JsonNode pods(String app) throws Exception {
        return JSON.readTree(get("/api/v1/namespaces/" + namespace + "/pods?labelSelector=app%3D" + app)
                        .body())
                .path("items");
    }

    private String waitingReason(String app) throws Exception {
        return pods(app)
                .path(0)
                .at("/status/containerStatuses/0/state/waiting/reason")
                .asText();
    }

    private void apply(String path, String singleQuoted) throws Exception {
        assertThat(send("PATCH", path, singleQuoted).statusCode()).isIn(200, 201);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String singleQuoted)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.url() + path))
                .header("Authorization", "Bearer secret")
                .method(method, HttpRequest.BodyPublishers.ofString(singleQuoted.replace('\'', '"')))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
