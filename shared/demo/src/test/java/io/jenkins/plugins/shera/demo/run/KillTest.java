package io.jenkins.plugins.shera.demo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.demo.image.BaseImage;
import io.jenkins.plugins.shera.demo.parts.Cluster;
import io.jenkins.plugins.shera.demo.parts.Leftovers;
import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.demo.parts.Nginx;
import io.jenkins.plugins.shera.demo.parts.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole road with the packed plugins, on a Jenkins that is killed with SIGKILL and started again. The cluster is the
 * sandbox, so that the test runs anywhere; the host is the harness in a process of its own.
 */
@Tag("slow")
class KillTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final String BUILD = "job/" + Tenants.FIRST + "/job/quickstart/1";
    private static final String PASSWORD = "for-this-test";

    @TempDir
    Path work;

    private final Tenants tenants = new Tenants(PROJECT);
    private Leftovers leftovers;
    private Options options;
    private Registry registry;
    private Nginx nginx;
    private Cluster cluster;
    private Path setup;
    private int port;
    private DemoJenkins jenkins;
    private JenkinsClient client;

    @BeforeEach
    void start() throws Exception {
        leftovers = new Leftovers(work.resolve("processes"));
        options = new Options(0, true, true, false, PROJECT, work);
        registry = Registry.start(work.resolve("registry"), leftovers, false);
        nginx = Nginx.start(work.resolve("nginx"), leftovers, true);
        cluster = Cluster.sandbox(registry.place(), work.resolve("cluster"), leftovers, "for a test");
        new BaseImage(PROJECT.resolve("shared/demo/target/base"))
                .to(registry.place().repository("base/java"), "17");
        setup = tenants.files(Files.createDirectories(work.resolve("setup")), cluster);
        port = Machine.freePort();
        NginxSettings.write(work.resolve("home"), nginx.installation(), Machine.freePort(), List.of(Tenants.FIRST));
        startJenkins();
        tenants.create(client, registry, cluster);
        Map<String, String> parameters = new HashMap<>();
        parameters.put(
                "GIT_URL",
                SampleRepository.make(PROJECT.resolve("shared/demo/src/main/sample"), work.resolve("shop.git")));
        parameters.put("REGISTRY", "house");
        parameters.put("HOST", "shop.localhost");
        parameters.put("BASE", registry.host() + "/base/java:17");
        client.build("job/" + Tenants.FIRST + "/job/quickstart", parameters);
    }

    @AfterEach
    void stop() throws Exception {
        jenkins.close();
        cluster.close();
        nginx.close();
        registry.close();
        leftovers.end();
    }

    @Test
    void buildsOneImageWhenKilledInTheMiddleOfMaven() throws Exception {
        killWhenTheLogShows("outputTimestamp=");

        assertThat(follow()).as(log()).isEqualTo("SUCCESS");
        assertThat(registry.place().repository("shop").tags()).hasSize(1);
    }

    @Test
    void rollsOutOnceWhenKilledWhileTheRolloutIsWatched() throws Exception {
        killWhenTheLogShows("0 of 1 available");

        assertThat(follow()).as(log()).isEqualTo("SUCCESS");
        assertThat(log())
                .contains("Deployed shop in dev")
                .contains("revision 1")
                .doesNotContain("revision 2");
    }

    private void killWhenTheLogShows(String text) throws Exception {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> log().contains(text));
        jenkins.kill();
        startJenkins();
    }

    private void startJenkins() throws IOException, InterruptedException {
        jenkins = DemoJenkins.start(options, work.resolve("home"), port, PASSWORD, setup, leftovers);
        client = new JenkinsClient(jenkins.url(), DemoJenkins.ADMINISTRATOR, PASSWORD);
    }

    private String follow() throws IOException, InterruptedException {
        return new BuildFollower(client, BUILD, Map.of(), new Stages(), line -> {}).follow();
    }

    private String log() throws IOException, InterruptedException {
        return client.log(BUILD, 0).body();
    }
}
