package io.jenkins.plugins.shera.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;

/** What the board remembers of a cluster that is away and of a real registry behind TLS. */
@WithJenkins
class HealthBoardTest {

    @TempDir
    Path folder;

    private static Health of(String kind) {
        return HealthBoard.get().all().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static void registry(String address, String certificate) {
        ContainerRegistry house = new ContainerRegistry("house", address);
        house.setCaCertificate(certificate);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setRegistries(List.of(house));
        }
    }

    /** As it is for a reader whose browser asks for it, whoever asked the connection. */
    private static void inChinese(Runnable reading) {
        LocaleProvider before = LocaleProvider.getProvider();
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.SIMPLIFIED_CHINESE;
            }
        });
        try {
            reading.run();
        } finally {
            LocaleProvider.setProvider(before);
        }
    }

    @Test
    void remembersWhatEachSaidAndSinceWhen(JenkinsRule jenkins) throws Exception {
        KubernetesCluster east = new KubernetesCluster("east");
        east.setServer("https://127.0.0.1:1");
        SheraConfiguration.get().setClusters(List.of(east));
        try (DockerRegistry server = DockerRegistry.withTls(folder)) {
            registry(server.host(), Files.readString(folder.resolve("server.pem")));
            assertThat(of("cluster").state()).isEqualTo(Health.State.UNKNOWN);

            HealthBoard.get().ask();

            Health cluster = of("cluster");
            assertThat(cluster.state()).isEqualTo(Health.State.DOWN);
            assertThat(cluster.message()).contains("cluster east");
            Health registry = of("registry");
            assertThat(registry.state()).isEqualTo(Health.State.UP);
            assertThat(registry.message()).isEqualTo("The registry answers and takes the credential.");
            inChinese(() -> {
                assertThat(registry.message()).isEqualTo("镜像仓库有应答并接受凭据。");
                assertThat(cluster.message()).contains("cluster east").containsPattern("请检查.*是否");
            });
            assertThat(registry.certificateUntil())
                    .isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(3)));

            HealthBoard.get().ask();
            assertThat(of("registry").since()).isEqualTo(registry.since());
            assertThat(of("registry").askedAt()).isAfter(registry.askedAt());
            assertThat(of("cluster").since()).isEqualTo(cluster.since());
        }

        HealthBoard.get().ask();
        assertThat(of("registry").state()).isEqualTo(Health.State.DOWN);

        registry("127.0.0.1:2", "");
        assertThat(of("registry").state())
                .as("nothing was heard at the new address")
                .isEqualTo(Health.State.UNKNOWN);
    }
}
