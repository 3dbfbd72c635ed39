package io.jenkins.plugins.shera.terminal.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A namespace of the cluster that KUBECONFIG names, and images of busybox in a registry the cluster pulls from. */
public final class TestPods implements AutoCloseable {
    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

    private final String kubeconfig;
    private final ClusterClient client;
    private final DockerRegistry registry;
    private final String namespace =
            "shera-termimg-" + UUID.randomUUID().toString().substring(0, 8);

    /** Opens them, or skips the test with a reason; fails instead where real parts are required. */
    public TestPods(Path folder) throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file)) && Files.isExecutable(BUSYBOX);
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there)
                    .as("KUBECONFIG names a cluster, and busybox is installed")
                    .isTrue();
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file, or there is no " + BUSYBOX);
        kubeconfig = Files.readString(Path.of(file));
        registry = DockerRegistry.open(folder);
        client = ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD);
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
    }

    /** Applies manifests. */
    public void apply(String yaml) throws Exception {
        new Applier(client.api(), new Kinds(client.api())).apply(Manifests.read(yaml, namespace));
    }

    /** An image of busybox with these programs and files, user and ballast; its quality label says OK. */
    public void image(String repository, String tag, List<String> programs, String user, Path... ballast)
            throws Exception {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.folder("bin", 0755));
        writer.add(TarEntry.file("bin/busybox", 0755, Files.size(BUSYBOX)), BlobSource.of(BUSYBOX));
        programs.forEach(program -> writer.add(TarEntry.symlink("bin/" + program, "busybox")));
        writer.add(TarEntry.folder("etc", 0777));
        writer.add(TarEntry.folder("tmp", 01777));
        writer.add(TarEntry.folder("app", 0777));
        writer.add(TarEntry.folder("app/old", 0777));
        writer.add(TarEntry.folder("secret", 0700));
        for (String name :
                List.of("etc/shop.conf", "app/gone.txt", "app/kept.txt", "app/old/a", "app/old-b", "secret/x")) {
            byte[] text = (name + "\n").getBytes(StandardCharsets.UTF_8);
            writer.add(TarEntry.file(name, 0666, text.length), BlobSource.of(text));
        }
        for (Path each : ballast) {
            writer.add(TarEntry.file("app/" + each.getFileName(), 0644, Files.size(each)), BlobSource.of(each));
        }
        Path file = Files.createTempFile("termimg-", ".tar.gz");
        Layer layer = writer.write(file);
        ImageConfig config = ImageConfig.empty(Platform.ofThisMachine());
        config.addLayer(layer.diffId(), "test");
        config.labels(Map.of("io.shera.quality.gate", "OK", "org.opencontainers.image.title", "shop"));
        config.container().put("User", user);
        config.container()
                .putArray("Entrypoint")
                .add("/bin/busybox")
                .add("sleep")
                .add("36000");
        config.container().putArray("Env").add("PATH=/bin");
        new ImagePush().add(layer).to(target(repository), List.of(tag), config);
        Files.delete(file);
    }

    /** Starts a pod with a volume at {@code /data} and waits until it runs. */
    public void start(String pod, String image) throws Exception {
        apply("{apiVersion: v1, kind: Pod, metadata: {name: " + pod + ", namespace: " + namespace
                + ", labels: {app.kubernetes.io/name: shop}}, spec: {"
                + "terminationGracePeriodSeconds: 0, containers: [{name: main, image: '" + image
                + "', volumeMounts: [{name: data, mountPath: /data}]}], volumes: [{name: data, emptyDir: {}}]}}");
        String path = new ObjectRef(ResourceKind.POD, namespace, pod).path();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            JsonNode state = client.api()
                    .get(path)
                    .path("status")
                    .path("containerStatuses")
                    .path(0)
                    .path("state");
            return state.has("running");
        });
    }

    /** Deletes a pod and waits until it is gone. */
    public void remove(String pod) throws Exception {
        ObjectRef ref = new ObjectRef(ResourceKind.POD, namespace, pod);
        String uid = api().get(ref.path()).path("metadata").path("uid").asText();
        api().delete(ref, uid);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> isGone(ref, uid));
    }

    private boolean isGone(ObjectRef ref, String uid) throws KubeException {
        try {
            return !api().get(ref.path()).path("metadata").path("uid").asText().equals(uid);
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    /** The name an image has on both ends. */
    public String reference(String repository, String tag) {
        return "localhost:" + registry.port() + "/" + repository + ":" + tag;
    }

    public ImageTarget target(String repository) throws java.io.IOException {
        return new RegistryClient(registry.address(), RegistryCredentials.NONE).repository(repository);
    }

    public DockerRegistry registry() {
        return registry;
    }

    public KubeApi api() {
        return client.api();
    }

    public ExecApi exec() {
        return client.exec();
    }

    /** What a command prints in the container of a pod. */
    public String say(String pod, String... command) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ExecRun(exec(), Duration.ofMinutes(1)).run(ExecRequest.command(namespace, pod, "main", command), null, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    public String namespace() {
        return namespace;
    }

    public String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() throws Exception {
        ObjectRef ref = new ObjectRef(new Kinds(api()).find("v1", "Namespace"), "", namespace);
        api().delete(ref, api().get(ref.path()).path("metadata").path("uid").asText());
        client.close();
        registry.close();
    }
}
