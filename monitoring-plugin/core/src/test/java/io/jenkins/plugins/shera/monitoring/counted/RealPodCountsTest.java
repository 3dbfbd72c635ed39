package io.jenkins.plugins.shera.monitoring.counted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.monitoring.cluster.TestNamespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What containers of a real cluster count in their own /proc. */
@Tag("cluster")
class RealPodCountsTest {

    private static final String POD =
            """
            {apiVersion: v1, kind: Pod, metadata: {name: NAME}, spec: {terminationGracePeriodSeconds: 0, SHARED
             automountServiceAccountToken: false, containers: [
              {name: shop, image: 'localhost/busybox:1', imagePullPolicy: IfNotPresent,
               command: [sh, -c, 'httpd -p 8080 -h /; sleep 3600 & sleep 3600 & wait']},
              {name: beside, image: 'localhost/busybox:1', imagePullPolicy: IfNotPresent,
               securityContext: {runAsUser: 1000}, command: [sh, -c, 'sleep 3600 & sleep 3600 & wait']}]}}
            """;

    /** Asked again where the machine was too busy to answer in time. */
    private static PodCounts.Count count(TestNamespace cluster, String pod, String container) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> PodCounts.of(cluster.client().exec(), cluster.name(), List.of(pod), container)
                                .get(0),
                        counted -> !counted.problem().equals("UNREACHABLE"));
    }

    @Test
    void aContainerCountsItsOwnAndSaysWhatItMayNotSee() throws Exception {
        try (TestNamespace cluster = TestNamespace.make("counts")) {
            cluster.apply(POD.replace("NAME", "shop-1a-b2").replace("SHARED", ""));
            cluster.apply(POD.replace("NAME", "shop-1a-c3").replace("SHARED", "shareProcessNamespace: true,"));
            cluster.ready("shop-1a-b2");
            PodCounts.Count alone = count(cluster, "shop-1a-b2", "shop");
            assertThat(alone.problem()).isEmpty();
            assertThat(alone.threads())
                    .as("a shell, a server and two that sleep")
                    .isEqualTo(4);
            assertThat(alone.sockets()).as("the server's").isEqualTo(1);
            assertThat(alone.files()).isGreaterThanOrEqualTo(alone.sockets() + alone.threads());

            cluster.shell("shop-1a-b2", "shop", "sleep 3600 >/dev/null 2>&1 </dev/null & exit 0");
            assertThat(count(cluster, "shop-1a-b2", "shop").threads()).isEqualTo(5);
            assertThat(count(cluster, "shop-1a-b2", "beside")).satisfies(beside -> {
                assertThat(beside.threads()).isEqualTo(3);
                assertThat(beside.sockets()).isZero();
            });

            cluster.ready("shop-1a-c3");
            PodCounts.Count other = count(cluster, "shop-1a-c3", "shop");
            assertThat(other.threads()).as("all processes that it sees").isGreaterThanOrEqualTo(7);
            assertThat(other.files())
                    .as("what another user's processes have open it may not see, which is not nothing")
                    .isEqualTo(-1);
            assertThat(count(cluster, "gone", "shop").problem()).isNotEmpty().isNotEqualTo("NO_SHELL");
            assertThat(count(cluster, "shop-1a-b2", "gone").problem()).isNotEmpty();
        }
    }
}
