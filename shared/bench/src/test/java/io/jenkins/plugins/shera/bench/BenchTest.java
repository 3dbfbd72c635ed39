package io.jenkins.plugins.shera.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BenchTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Bench bench = new Bench(new PrintStream(printed, true, StandardCharsets.UTF_8));

    private String lastLine() {
        String[] lines = printed.toString(StandardCharsets.UTF_8).split("\n");
        return lines[lines.length - 1];
    }

    @Test
    void printsOursThePeersTheRatioAndTheGoal() {
        bench.measure("rebuild (s)", 0.25, 0.5).atMostTimes(0.75);

        assertThat(lastLine()).isEqualTo("rebuild (s)\t0.250\t0.500\t0.500\t<= 0.750x\tmet");
        assertThat(bench.allMet()).isTrue();
    }

    @Test
    void remembersOneMissedGoalWhateverFollows() {
        bench.measure("lost (builds)", 1).atMost(0);
        bench.measure("finished (builds)", 200).atLeast(200);

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("lost (builds)\t1\t-\t-\t<= 0\tmissed\n");
        assertThat(bench.allMet()).isFalse();
    }

    @Test
    void missesAGoalAgainstAPeerThatGaveNoValue() {
        bench.measure("rebuild (s)", 0.25, Double.NaN).atMostTimes(0.5);

        assertThat(lastLine()).endsWith("missed");
    }

    @Test
    void refusesANameThatWouldBreakItsLine() {
        assertThatThrownBy(() -> bench.measure("a\tb", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesThePercentileByNearestRank() {
        assertThat(Repeated.percentile(new double[] {5, 1, 4, 2, 3}, 50)).isEqualTo(3);
        assertThat(Repeated.percentile(new double[] {5, 1, 4, 2, 3}, 99)).isEqualTo(5);
        assertThat(Repeated.percentile(new double[] {}, 50)).isNaN();
    }
}
