package io.jenkins.plugins.shera.deploy.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static AnalysisSpec spec(Bounds bounds, boolean compare, int count, int failures, int neither, int errors) {
        return new AnalysisSpec(
                AnalysisSpec.Kind.METRIC, "errorRate", "", bounds, compare, 10, count, 60, failures, neither, errors);
    }

    private static final Bounds AT_MOST_ONE = new Bounds(null, 1.0, null, null);

    private static Measurement of(AnalysisSpec spec, Double canary, Double stable) {
        return Measurement.of(spec, new Sample(canary, stable, null), NOW);
    }

    @Test
    void nothingThatWasNotMeasuredIsAPass() {
        AnalysisSpec spec = spec(AT_MOST_ONE, false, 1, 0, 0, 0);
        assertThat(of(spec, null, null).verdict()).isEqualTo(Verdict.ERROR);
        assertThat(of(spec, Double.NaN, null).verdict()).isEqualTo(Verdict.ERROR);
        assertThat(of(spec, Double.NEGATIVE_INFINITY, null).verdict()).isEqualTo(Verdict.ERROR);
        Sample old = new Sample(0.0, null, NOW.minusSeconds(600));
        assertThat(Measurement.of(spec, old, NOW).verdict()).isEqualTo(Verdict.ERROR);
        assertThat(Measurement.of(spec, old, NOW).text()).startsWith("stale: ");
        assertThat(Tally.of(0).with(of(spec, null, null)).verdict(spec)).contains(Verdict.ERROR);
    }

    @Test
    void comparesTheTwoSides() {
        AnalysisSpec spec = spec(new Bounds(null, 1.5, null, null), true, 1, 0, 0, 0);
        assertThat(of(spec, 3.0, 2.0).verdict()).isEqualTo(Verdict.SUCCESSFUL);
        assertThat(of(spec, 4.0, 2.0).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(of(spec, 0.0, 0.0).verdict()).isEqualTo(Verdict.SUCCESSFUL);
        assertThat(of(spec, 0.1, 0.0).verdict()).isEqualTo(Verdict.ERROR);
        assertThat(of(spec, 1.0, null).verdict()).isEqualTo(Verdict.ERROR);
        assertThat(of(spec, 4.0, 2.0).text()).isEqualTo("2, wanted at most 1.5 (canary 4, stable 2)");
    }

    @Test
    void betweenGoodAndBadNobodyCanTell() {
        AnalysisSpec spec = spec(new Bounds(null, 1.0, null, 5.0), false, 2, 0, 0, 0);
        assertThat(of(spec, 1.0, null).verdict()).isEqualTo(Verdict.SUCCESSFUL);
        assertThat(of(spec, 3.0, null).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(of(spec, 5.1, null).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(Tally.of(0).with(of(spec, 3.0, null)).verdict(spec)).contains(Verdict.INCONCLUSIVE);
    }

    @Test
    void isFailedAsSoonAsTheLimitIsPassedAndSuccessfulOnlyAfterAllMeasurements() {
        AnalysisSpec spec = spec(AT_MOST_ONE, false, 3, 1, 0, 1);
        Tally one = Tally.of(0).with(of(spec, 9.0, null));
        assertThat(one.verdict(spec)).isEmpty();
        assertThat(one.with(of(spec, 9.0, null)).verdict(spec)).contains(Verdict.FAILED);
        Tally good = one.with(of(spec, 0.0, null));
        assertThat(good.verdict(spec)).isEmpty();
        assertThat(good.with(of(spec, 0.0, null)).verdict(spec)).contains(Verdict.SUCCESSFUL);
    }

    @Test
    void errorsInARowEndItAndOneInBetweenDoesNot() {
        AnalysisSpec spec = spec(AT_MOST_ONE, false, 3, 0, 0, 1);
        Tally tally =
                Tally.of(0).with(of(spec, null, null)).with(of(spec, 0.0, null)).with(of(spec, null, null));
        assertThat(tally.verdict(spec)).isEmpty();
        assertThat(tally.with(of(spec, null, null)).verdict(spec)).contains(Verdict.ERROR);
    }

    @Test
    void refusesBoundsThatNothingCanMeet() {
        assertThatThrownBy(() -> new Bounds(2.0, 1.0, null, null)).hasMessageContaining("min 2.0 is above max 1.0");
        assertThatThrownBy(() -> new Bounds(null, null, null, null)).hasMessageContaining("at least one bound");
        assertThatThrownBy(() -> new Bounds(null, 2.0, null, 1.0)).hasMessageContaining("failMax");
        assertThatThrownBy(() -> new Bounds(Double.NaN, null, null, null)).hasMessageContaining("finite");
    }
}
