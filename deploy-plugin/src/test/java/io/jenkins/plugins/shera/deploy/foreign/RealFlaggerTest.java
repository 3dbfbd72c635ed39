package io.jenkins.plugins.shera.deploy.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The verbs as the controller of Flagger acts on them, with a Gateway API, where the cluster has both. */
@Tag("cluster")
class RealFlaggerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void itsControllerIsHeldAndLetGo() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealControllers shop = RealControllers.flagger(cluster);
            assertThat(shop.shop().verbs()).isEmpty();
            assertThat(shop.shop().world().stable().ready()).isEqualTo(1);
            shop.release(ResourceKind.DEPLOYMENT, "2");
            percent(shop, 25);
            assertThat(shop.shop().record().status().phase()).isEqualTo(Phase.PROGRESSING);
            assertThat(shop.shop().world().canary().ready()).isEqualTo(1);
            assertThatThrownBy(() -> shop.tell(Verb.Kind.PROMOTE))
                    .isInstanceOf(VerbException.class)
                    .hasMessageContaining("Flagger");

            shop.tell(Verb.Kind.PAUSE);
            shop.until(Phase.PAUSED, "resume");
            // A round of its analysis that was under way may have raised the weight once; the next ones, 10 s apart,
            // may not.
            Thread.sleep(3_000);
            int held = shop.shop().world().percent();
            assertThat(held).isIn(25, 50);
            Thread.sleep(22_000);
            assertThat(shop.shop().world().percent()).isEqualTo(held);
            assertThat(shop.shop().verbs()).containsExactly(Verb.Kind.RESUME);

            shop.tell(Verb.Kind.RESUME);
            percent(shop, 50);
            shop.until(Phase.HEALTHY, "");
            assertThat(shop.shop().record().status().step()).isEqualTo(2);
            assertThat(shop.shop().verbs()).isEmpty();
            assertThatThrownBy(() -> shop.shop().undo("")).isInstanceOf(VerbException.class);
        }
    }

    private static void percent(RealControllers shop, int percent) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> shop.shop().world().percent() == percent);
    }
}
