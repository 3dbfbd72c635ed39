package io.jenkins.plugins.shera.deploy.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.canary.World;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** The verbs as the controller of Argo Rollouts acts on them, where the cluster has it. */
@Tag("cluster")
class RealArgoTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    @Execution(CONCURRENT)
    void itsControllerDoesWhatTheVerbsSay() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealControllers shop = RealControllers.argo(cluster);
            assertThat(shop.shop().verbs()).isEmpty();
            shop.release(ForeignRollouts.ARGO, "2");
            assertThat(shop.until(Phase.PAUSED, "promote").step()).isEqualTo(1);
            percent(shop, 50);

            // Held by hand in a pause, it goes back into that pause.
            shop.tell(Verb.Kind.PAUSE);
            shop.until(Phase.PAUSED, "resume");
            assertThat(shop.shop().verbs()).contains(Verb.Kind.RESUME).doesNotContain(Verb.Kind.PAUSE);
            shop.tell(Verb.Kind.RESUME);
            assertThat(shop.until(Phase.PAUSED, "promote").step()).isEqualTo(1);

            shop.tell(Verb.Kind.PROMOTE);
            shop.untilStep(3);
            shop.until(Phase.PAUSED, "promote");
            assertThatThrownBy(() -> shop.tell(Verb.Kind.SET_WEIGHT)).isInstanceOf(VerbException.class);

            shop.tell(Verb.Kind.ABORT);
            shop.until(Phase.ABORTED, "");
            percent(shop, 0);
            assertThat(shop.shop().verbs()).containsExactly(Verb.Kind.RETRY);
            assertThat(shop.shop().record().status().reason()).isNotEmpty();
            shop.tell(Verb.Kind.ABORT);

            shop.tell(Verb.Kind.RETRY);
            assertThat(shop.until(Phase.PAUSED, "promote").step()).isEqualTo(1);
            shop.tell(Verb.Kind.PROMOTE_FULL);
            shop.until(Phase.HEALTHY, "");
            await().atMost(PATIENCE).until(() -> shop.shop().world().stable().ready() == 2);
            assertThat(version(shop)).isEqualTo("2");

            shop.shop().undo("");
            assertThat(version(shop)).isEqualTo("1");
            shop.until(Phase.PAUSED, "promote");
            shop.tell(Verb.Kind.PROMOTE_FULL);
            shop.until(Phase.HEALTHY, "");
            shop.shop().undo("2");
            assertThat(version(shop)).isEqualTo("2");
            shop.until(Phase.PAUSED, "promote");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aPromotionOutOfAStepThatIsNoPauseGoesToTheNext() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealControllers shop = RealControllers.argo(cluster);
            shop.tell(Verb.Kind.ABORT);
            assertThat(shop.shop().record().status().phase()).isEqualTo(Phase.HEALTHY);
            shop.hang();
            shop.until(Phase.PROGRESSING, "");
            shop.untilStep(0);
            shop.tell(Verb.Kind.PROMOTE);
            assertThat(shop.until(Phase.PAUSED, "promote").step()).isEqualTo(1);
            shop.tell(Verb.Kind.PAUSE);
            shop.until(Phase.PAUSED, "resume");
            shop.tell(Verb.Kind.ABORT);
            shop.until(Phase.ABORTED, "");
        }
    }

    private static void percent(RealControllers shop, int percent) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
            World world = shop.shop().world();
            assertThat(world.percent()).isEqualTo(percent);
        });
    }

    private static String version(RealControllers shop) throws Exception {
        return shop.object(ForeignRollouts.ARGO)
                .at("/spec/template/spec/containers/0/env/0/value")
                .asText();
    }
}
