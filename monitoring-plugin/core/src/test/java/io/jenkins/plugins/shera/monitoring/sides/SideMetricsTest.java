package io.jenkins.plugins.shera.monitoring.sides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants' applications of one name, scraped by a real Prometheus from a page that grows like real counters do. */
class SideMetricsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Subject STABLE = new Subject("retail", "shop", "stable");
    private static final Subject CANARY = new Subject("retail", "shop", "canary");

    @TempDir
    static Path folder;

    private static final AtomicInteger TICKS = new AtomicInteger();
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();
    private static RealPrometheus prometheus;
    private static volatile boolean leaving;

    @BeforeAll
    static void start() throws Exception {
        prometheus = RealPrometheus.start(folder);
        CLOCK.scheduleAtFixedRate(() -> prometheus.serve(page(TICKS.incrementAndGet())), 0, 200, TimeUnit.MILLISECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        CLOCK.shutdownNow();
        prometheus.close();
    }

    private static String page(int tick) {
        StringBuilder page = new StringBuilder();
        pod(page, "retail", "shop-1a-aa", tick, 1, 100, false);
        pod(page, "retail", "shop-1a-bb", tick, 1, 300, false);
        pod(page, "retail", "shop-canary-2b-cc", tick, 25, 500, false);
        pod(page, "bank", "shop-1a-aa", tick, 50, 9000, false);
        pod(page, "retail", "shop-x-1a-dd", tick, 50, 9000, true);
        page.append("own_depth{namespace=\"retail\",pod=\"shop-canary-2b-cc\"} NaN\n");
        page.append("own_depth{namespace=\"retail\",pod=\"shop-1a-aa\"} 4\n");
        if (!leaving) {
            page.append("leaving_total{namespace=\"retail\",pod=\"shop-canary-2b-cc\"} " + tick + "\n");
            page.append("leaving_total{namespace=\"retail\",pod=\"shop-1a-aa\"} " + tick + "\n");
        }
        page.append("http_requests_total{namespace=\"retail\",pod=\"quiet-1a-aa\",code=\"200\"} 7\n");
        return page.toString();
    }

    /** Each tick has 100 requests, of which {@code bad} fail, all slower than 50 and faster than 100 ms. */
    private static void pod(
            StringBuilder page, String namespace, String pod, int tick, int bad, int threads, boolean other) {
        String of = "namespace=\"" + namespace + "\",pod=\"" + pod + "\"";
        String container = ",container=\"" + (other ? "shop-x" : "shop") + "\"";
        page.append("http_requests_total{" + of + ",code=\"200\"} " + tick * (100 - bad) + "\n");
        page.append("http_requests_total{" + of + ",code=\"503\"} " + tick * bad + "\n");
        page.append("container_threads{" + of + container + "} " + threads + "\n");
        page.append("container_memory_working_set_bytes{" + of + container + "} " + threads * 1000 + "\n");
        page.append("container_cpu_usage_seconds_total{" + of + container + "} " + tick * 0.1 + "\n");
        for (String bucket : List.of("0.05", "0.1", "+Inf")) {
            int below = bucket.equals("0.05") ? 0 : tick * 100;
            page.append("http_request_duration_seconds_bucket{" + of + ",le=\"" + bucket + "\"} " + below + "\n");
        }
    }

    private static List<Series.Sample> samples(Subject subject, String metric) throws IOException {
        Instant now = Instant.now();
        return new SideMetrics(prometheus.client())
                .range(subject, metric, now.minusSeconds(10), now, Duration.ofSeconds(1));
    }

    private static double value(Subject subject, String metric) {
        List<Series.Sample> found =
                await().atMost(LONG).until(() -> samples(subject, metric), samples -> !samples.isEmpty());
        return found.get(found.size() - 1).value();
    }

    @Test
    void measuresEachSideOfOneTenantAlone() {
        assertThat(value(STABLE, "successRate")).isCloseTo(99, within(0.01));
        assertThat(value(CANARY, "successRate")).isCloseTo(75, within(0.01));
        assertThat(value(CANARY, "errorRate")).isCloseTo(25, within(0.01));
        assertThat(value(CANARY, "latency")).isBetween(0.099, 0.1);
        assertThat(value(STABLE, "threads")).isEqualTo(200);
        assertThat(value(CANARY, "threads")).isEqualTo(500);
        assertThat(value(STABLE, "memory")).isEqualTo(200_000);
        assertThat(value(CANARY, "cpu")).isPositive();
        assertThat(value(STABLE, "own_depth")).isEqualTo(4);
        assertThat(value(Subject.of("bank", "shop"), "threads")).isEqualTo(9000);
    }

    @Test
    void givesNothingWhereNothingOrNoNumberIsMeasured() {
        assertThat(value(STABLE, "own_depth")).isEqualTo(4);

        assertThat(catching(CANARY, "own_depth")).as("NaN").isEmpty();
        assertThat(catching(Subject.of("retail", "quiet"), "successRate"))
                .as("no requests")
                .isEmpty();
        assertThat(catching(CANARY, "no_such_series")).isEmpty();
        assertThat(catching(new Subject("retail", "shop\"} or vector(1)#", "canary"), "threads"))
                .isEmpty();
    }

    @Test
    void endsARateWithItsTargetThoughPrometheusGoesOnGivingIt() {
        assertThat(value(CANARY, "leaving_total")).isPositive();

        leaving = true;

        await().atMost(LONG).until(() -> samples(CANARY, "leaving_total").isEmpty());
        assertThat(catching(CANARY, "threads")).isNotEmpty();
    }

    @Test
    void datesTheLastValueByItsNewestSample() {
        value(CANARY, "threads");
        Instant before = Instant.now();

        List<Series.Sample> samples = catching(CANARY, "threads");

        assertThat(samples).isSortedAccordingTo(java.util.Comparator.comparingDouble(Series.Sample::at));
        assertThat(samples.get(samples.size() - 1).at())
                .isLessThanOrEqualTo(Instant.now().toEpochMilli() / 1000.0)
                .isGreaterThan(before.minus(Duration.ofMinutes(5)).getEpochSecond());
    }

    @Test
    void refusesWhatIsNoMetricAndSaysWhenNobodyAnswers() throws Exception {
        assertThatThrownBy(() -> samples(CANARY, "sum(up)"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither a known metric nor the name of a series")
                .hasMessageContaining("successRate");
        URI nobody = URI.create("http://127.0.0.1:" + RealPrometheus.freePort());
        SideMetrics down = new SideMetrics(new PrometheusClient(nobody, "", Duration.ofSeconds(2)));
        Instant now = Instant.now();
        assertThatThrownBy(() -> down.range(CANARY, "cpu", now.minusSeconds(10), now, Duration.ofSeconds(1)))
                .hasMessageContaining("does not answer");
    }

    private static List<Series.Sample> catching(Subject subject, String metric) {
        try {
            return samples(subject, metric);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
