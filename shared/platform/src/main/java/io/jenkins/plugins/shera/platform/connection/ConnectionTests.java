package io.jenkins.plugins.shera.platform.connection;

import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.registry.RetryPolicy;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jvnet.localizer.Localizable;

/** Asks whether a cluster or a registry answers and takes our credential, within five seconds; changes nothing. */
public final class ConnectionTests {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final RetryPolicy ONCE =
            new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Thread::sleep);

    private ConnectionTests() {}

    /** A sentence about the cluster, for its administrator. */
    public static Localizable of(KubernetesCluster cluster) {
        ClusterAccess access = ClusterLogin.ofPlatform(cluster);
        String where = "cluster " + cluster.getId();
        Destination.check(where, access.server().getHost());
        return Schedules.get().within(LIMIT, where, () -> {
            try (ClusterClient client = ClusterClient.open(access, TimeLimits.INTERACTIVE)) {
                return Messages._ConnectionTests_cluster(
                        client.api().get("/version").path("gitVersion").asText("?"));
            } catch (KubeException e) {
                throw unavailable(where, e.getMessage());
            }
        });
    }

    /** A sentence about the registry, for its administrator. */
    public static Localizable of(ContainerRegistry registry) {
        RegistryAddress address = RegistryLogin.address(registry);
        RegistryCredentials credentials = RegistryLogin.ofPlatform(registry);
        String where = "registry " + registry.getId();
        Optional<Path> folder = address.folder();
        if (folder.isPresent()) {
            if (!Files.isDirectory(folder.get()) || !Files.isWritable(folder.get())) {
                throw unavailable(where, Messages._ConnectionTests_folder(folder.get()));
            }
            return Messages._ConnectionTests_registry();
        }
        Destination.check(where, URI.create("http://" + address.pushHost()).getHost());
        return Schedules.get().within(LIMIT, where, () -> {
            try {
                new RegistryClient(address, credentials, ONCE).ping();
                return Messages._ConnectionTests_registry();
            } catch (IOException e) {
                throw unavailable(where, e.getMessage());
            }
        });
    }

    private static Refusal unavailable(String where, Object why) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages._ConnectionTests_failed(),
                where,
                why,
                Messages._ConnectionTests_failed_next());
    }
}
