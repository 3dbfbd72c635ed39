package io.jenkins.plugins.shera.deploy.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A deployment that no build waits for is looked at across a restart, until people can be told how it ended. */
@Tag("cluster")
class QuickDeploysTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static List<ReleaseNews> listen() {
        List<ReleaseNews> heard = new CopyOnWriteArrayList<>();
        ExtensionList.lookup(ReleaseNotifier.class).add((ReleaseNotifier) heard::add);
        return heard;
    }

    @Test
    void isToldWhenItServesThoughJenkinsWasRestartedMeanwhileAndWhenItsTimeIsOver() throws Throwable {
        try (TestCluster cluster = TestCluster.open()) {
            RealRollout shop = new RealRollout(cluster);
            Subject subject = new Subject("retail", "shop", "prod", "real", cluster.namespace());
            sessions.then(jenkins -> {
                ShopTenant.job(cluster, jenkins, false, "echo 'not run'");
                QuickDeploys.get().follow(subject, "localhost/busybox:1", "SYSTEM", "d1", Duration.ofMinutes(10));
            });
            sessions.then(jenkins -> {
                List<ReleaseNews> heard = listen();
                shop.deploy(1);
                await().atMost(PATIENCE).until(() -> !heard.isEmpty());
                assertThat(heard).singleElement().satisfies(each -> {
                    assertThat(each.event()).isEqualTo(ReleaseNews.Event.FINISHED);
                    assertThat(each.release()).isEqualTo("d1");
                });
                Path folder = SheraConfiguration.get().root().resolve("following");
                await().atMost(PATIENCE).until(() -> {
                    try (var files = Files.list(folder)) {
                        return files.findAny().isEmpty();
                    }
                });
                Subject stock = new Subject("retail", "stock", "prod", "real", cluster.namespace());
                QuickDeploys.get().follow(stock, "localhost/busybox:1", "SYSTEM", "d2", Duration.ofSeconds(1));
                await().atMost(PATIENCE).until(() -> heard.size() == 2);
                assertThat(heard.get(1).event()).isEqualTo(ReleaseNews.Event.FAILED);
                assertThat(heard.get(1).application()).isEqualTo("stock");
            });
        }
    }
}
