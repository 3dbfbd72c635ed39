package io.jenkins.plugins.shera.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.kube.rollout.PodState;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressLogTest {

    private final ProgressLog log = new ProgressLog();

    private static RolloutState state(int available, List<PodState> pods) {
        return new RolloutState(Phase.PROGRESSING, "1", "x", 2, 2, available, 0, pods, null);
    }

    private static PodState pod(int number, String state, boolean ready) {
        return new PodState("shop-" + number, state, ready, 0, true, "node", "");
    }

    @Test
    void printsOnlyWhatChanged() {
        assertThat(log.lines(state(0, List.of(pod(1, "Pending", false)))))
                .containsExactly("  pod shop-1: Pending", "0 of 2 available, 2 updated");
        assertThat(log.lines(state(0, List.of(pod(1, "Pending", false))))).isEmpty();
        assertThat(log.lines(state(1, List.of(pod(1, "Running", true)))))
                .containsExactly("  pod shop-1: ready", "1 of 2 available, 2 updated");
    }

    @Test
    void doesNotFloodTheLogOfALargeApplication() {
        List<PodState> pods = IntStream.range(0, 500)
                .mapToObj(number -> pod(number, "Pending", false))
                .toList();
        assertThat(log.lines(state(0, pods))).hasSize(12).contains("  and 490 more pods");
    }
}
