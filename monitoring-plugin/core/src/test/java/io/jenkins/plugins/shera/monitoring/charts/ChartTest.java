package io.jenkins.plugins.shera.monitoring.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void takesAStepThatGivesAFewHundredMomentsAtWholeSteps() {
        for (Duration length : new Duration[] {
            Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(31)
        }) {
            Chart.Span span = Chart.Span.of(NOW.minus(length), NOW);
            long step = span.step().toSeconds();
            assertThat(length.toSeconds() / step).isLessThanOrEqualTo(500);
            assertThat(step % 15).isZero();
            assertThat(span.until().getEpochSecond() % step).isZero();
            assertThat(span.since().getEpochSecond() % step).isZero();
            assertThat(Duration.between(span.until(), NOW)).isLessThan(span.step());
        }
    }

    @Test
    void refusesWhatIsNoStretchOfTime() {
        assertThatThrownBy(() -> Chart.Span.of(NOW, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Chart.Span.of(NOW, NOW.minusSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Chart.Span.of(NOW.minus(Duration.ofDays(32)), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
