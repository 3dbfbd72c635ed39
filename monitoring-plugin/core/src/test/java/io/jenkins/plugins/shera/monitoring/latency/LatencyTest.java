package io.jenkins.plugins.shera.monitoring.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.monitoring.prometheus.Intervals;
import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "15, 15, 300, 30, 360",
        "15, 60, 90, 30, 225",
        "10, 20, 0, 0, 30",
        "60, 30, 1, 10, 130",
    })
    void isTheSumOfAllThatHasToPass(long scrape, long evaluation, long lasting, long wait, long expected) {
        Latency latency =
                new Latency(Duration.ofSeconds(scrape), Duration.ofSeconds(evaluation), Duration.ofSeconds(wait));

        assertThat(latency.atLeast(Duration.ofSeconds(lasting))).hasSeconds(expected);
    }

    @Test
    void nobodyIsWaitedForWhereNobodyIsTold() {
        Latency latency = new Latency(Duration.ofSeconds(15), Duration.ofSeconds(15), null);

        assertThat(latency.atLeast(Duration.ZERO)).hasSeconds(30);
        assertThat(latency.whole(Duration.ofSeconds(16))).hasSeconds(30);
    }

    @Test
    void aRealPrometheusSaysHowOftenItLooks() throws Exception {
        try (RealPrometheus real = RealPrometheus.start(folder)) {
            Intervals intervals = real.client().intervals();
            Probe probe = Probe.of(real.client(), "retail");

            assertThat(intervals.evaluation()).hasSeconds(1);
            assertThat(intervals.of("test")).hasSeconds(1);
            assertThat(intervals.of("unknown")).isEqualTo(intervals.scrape());
            assertThat(probe.scrape(Metric.values()[0].measures().get(0), intervals))
                    .hasSeconds(1);
        }
    }
}
