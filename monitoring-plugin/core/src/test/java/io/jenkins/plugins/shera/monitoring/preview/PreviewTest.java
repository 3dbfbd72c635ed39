package io.jenkins.plugins.shera.monitoring.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A week that a real Prometheus has measured. */
class PreviewTest {

    private static final String FIRST = "container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"}";
    private static final String SECOND =
            "container_threads{namespace=\"retail\",pod=\"shop-1a-c3\",container=\"shop\"}";
    private static final String OWN = "queue_free{namespace=\"retail\",pod=\"shop-1a-b2\"}";
    private static final Subject SHOP = Subject.of("retail", "shop");

    @TempDir
    static Path folder;

    private static Instant until;
    private static RealPrometheus prometheus;

    @BeforeAll
    static void start() throws Exception {
        until = Past.now();
        Past past = new Past(until)
                .with(FIRST, "100")
                .with(SECOND, "90")
                .with(OWN, "50")
                .with("container_threads{namespace=\"bank\",pod=\"shop-9z-secret\",container=\"shop\"}", "31337")
                .with("container_threads{namespace=\"retail\",pod=\"till-9z-x1\",container=\"till\"}", "31337");
        past.but(FIRST, Duration.ofDays(3), 21, "350").but(SECOND, Duration.ofDays(2), 3, "350");
        past.but(FIRST, Duration.ofHours(20), 11, "+Inf");
        // It goes on over the bound of the pieces that are asked for: a day after the beginning less the lead.
        past.but(SECOND, Duration.ofDays(6).plusMinutes(20), 31, "320");
        past.but(FIRST, Duration.ofDays(5), 360, "").but(SECOND, Duration.ofDays(5), 360, "");
        past.but(FIRST, Duration.ofHours(30), 30, "NaN").but(SECOND, Duration.ofHours(30), 30, "NaN");
        past.but(OWN, Duration.ofHours(1), 61, "3");
        prometheus = RealPrometheus.backfilled(folder, past.text());
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    private static Threshold threshold(String metric, Double warning, Double critical, String lasting, boolean below) {
        return new Threshold(metric, warning, critical, Duration.parse(lasting), below, false);
    }

    private static Preview preview(Threshold threshold, int days) throws IOException {
        PrometheusClient client = prometheus.client();
        return Preview.of(
                client,
                threshold.measures().get(0),
                SHOP,
                threshold,
                Span.before(until, Duration.ofDays(days), threshold.lasting()));
    }

    private static Instant before(Duration duration) {
        return until.minus(duration);
    }

    @Test
    void firesOnlyWhereTheValueStayedBeyondForLongEnough() throws Exception {
        Preview week = preview(threshold("threads", 300.0, 400.0, "PT5M", false), 7);

        Preview.Outcome warning = week.outcomes().get(0);
        assertThat(warning.severity()).isEqualTo("warning");
        assertThat(warning.firings())
                .containsExactly(
                        new Firing(
                                "shop-1a-c3",
                                before(Duration.ofDays(6).plusMinutes(15)),
                                before(Duration.ofDays(6).minusMinutes(11)),
                                false,
                                320),
                        new Firing(
                                "shop-1a-b2",
                                before(Duration.ofDays(3).minusMinutes(5)),
                                before(Duration.ofDays(3).minusMinutes(21)),
                                false,
                                350),
                        new Firing(
                                "shop-1a-b2",
                                before(Duration.ofHours(20).minusMinutes(5)),
                                before(Duration.ofHours(20).minusMinutes(11)),
                                false,
                                Double.POSITIVE_INFINITY));
        assertThat(warning.times()).isEqualTo(3);
        assertThat(warning.lasting()).isEqualTo(Duration.ofMinutes(26 + 16 + 6));
        assertThat(warning.shorter()).as("three minutes are no five").isEqualTo(1);
        assertThat(week.outcomes().get(1).firings()).singleElement().satisfies(firing -> assertThat(firing.worst())
                .isInfinite());

        assertThat(preview(threshold("threads", 300.0, null, "PT0S", false), 7)
                        .outcomes()
                        .get(0)
                        .times())
                .as("at once, the short one fires too")
                .isEqualTo(4);
    }

    @Test
    void saysWhereNothingWasMeasuredAndWhereItWasNoNumber() throws Exception {
        Preview week = preview(threshold("threads", 300.0, null, "PT5M", false), 7);

        assertThat(week.missing()).singleElement().satisfies(gap -> {
            // Prometheus goes on with the last value for five minutes.
            assertThat(gap.from())
                    .isBetween(
                            before(Duration.ofDays(5)),
                            before(Duration.ofDays(5).minusMinutes(5)));
            assertThat(gap.until()).isEqualTo(before(Duration.ofDays(5).minusMinutes(359)));
        });
        assertThat(week.unreadable())
                .containsExactly(new Preview.Stretch(
                        before(Duration.ofHours(30)),
                        before(Duration.ofHours(30).minusMinutes(29))));
        assertThat(week.isMeasured()).isTrue();

        Preview nothing = preview(threshold("nobody_has_this", 1.0, null, "PT5M", false), 7);
        assertThat(nothing.isMeasured()).isFalse();
        assertThat(nothing.missing()).containsExactly(new Preview.Stretch(before(Duration.ofDays(7)), until));
    }

    @Test
    void drawsTheWorstOfEachPodAndNobodyElses() throws Exception {
        Preview week = preview(threshold("threads", 300.0, null, "PT5M", false), 7);

        assertThat(week.lines()).extracting(line -> line.pod()).containsExactly("shop-1a-b2", "shop-1a-c3");
        assertThat(week.lines().get(1).samples())
                .as("a peak of three minutes is drawn")
                .filteredOn(sample -> sample.value() == 350)
                .isNotEmpty();
        assertThat(week.lines()).allSatisfy(line -> assertThat(line.samples()).hasSizeLessThan(510));
        assertThat(week.toString())
                .doesNotContain("secret")
                .doesNotContain("till")
                .doesNotContain("31337");
    }

    @Test
    void aValueTooSmallGoesOnFiringAndFewerDaysAreFiner() throws Exception {
        Threshold free = threshold("queue_free", 10.0, null, "PT10M", true);
        Preview day = preview(free, 1);

        assertThat(day.span().step()).isEqualTo(Duration.ofSeconds(15));
        assertThat(day.outcomes().get(0).firings()).singleElement().satisfies(firing -> {
            assertThat(firing.ongoing()).isTrue();
            assertThat(firing.until()).isEqualTo(until);
            assertThat(firing.from()).isEqualTo(before(Duration.ofMinutes(50)));
            assertThat(firing.worst()).isEqualTo(3);
        });
        assertThat(day.lines().get(0).samples())
                .filteredOn(sample -> sample.value() == 3)
                .isNotEmpty();
        assertThat(Metric.own("queue_free").of(SHOP).text()).contains("namespace=\"retail\"");
    }

    @Test
    void looksBackNoFurtherThanAWeek() {
        assertThatThrownBy(() -> Span.before(until, Duration.ofDays(8), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Span.before(until, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
