package io.jenkins.plugins.shera.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.demo.site.BuildFollower;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Options;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @TempDir
    Path work;

    private DemoSite site;
    private RunningBuild build;

    @BeforeEach
    void start() throws Exception {
        site = DemoSite.open(new Options(0, true, true, false, PROJECT, work));
        site.addJob(Tenants.FIRST, "quickstart", Files.readString(PROJECT.resolve("Jenkinsfile.examples/quickstart")));
        site.startJenkins();
        Map<String, String> parameters = Map.of(
                "GIT_URL", site.repository(), "REGISTRY", "house", "HOST", "shop.localhost", "BASE", site.baseImage());
        String path = site.client().build("job/" + Tenants.FIRST + "/job/quickstart", parameters);
        build = new RunningBuild(site.client(), path);
    }

    @AfterEach
    void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void buildsOneImageWhenKilledInTheMiddleOfMaven() throws Exception {
        killWhenTheLogShows("outputTimestamp=");

        assertThat(follow()).as(log()).isEqualTo("SUCCESS");
        assertThat(site.registry().place().repository("shop").tags())
                .as("one image; what begins so is what lies beside it")
                .filteredOn(tag -> !tag.startsWith("sha256-"))
                .hasSize(1);
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
        build.awaitLog(text, Duration.ofMinutes(3));
        site.killJenkins();
        site.startJenkins();
    }

    private String follow() throws IOException, InterruptedException {
        return new BuildFollower(site.client(), build.path(), Map.of(), new Stages(), line -> {}).follow();
    }

    private String log() throws IOException, InterruptedException {
        return build.log();
    }
}
