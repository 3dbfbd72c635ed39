package io.jenkins.plugins.shera.monitoring.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.charts.JoinedChart;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreClient;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreException;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries before a real InfluxDB with the data of two tenants. */
class RealInfluxTest {

    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SECRET = 31_337;
    private static final Recorded MEMORY =
            InfluxSchema.HEAPSTER.of(Metric.MEMORY).orElseThrow();

    /** Names that end a text, a pattern or a statement somewhere, for whom does not quote them. */
    private static final List<String> HOSTILE = List.of(
            "retail' OR \"namespace_name\" = 'bank",
            "retail' OR '1'='1",
            "retail\\' OR 1=1 --",
            "retail\\\\' OR \"type\" != '' --",
            "retail'; DROP DATABASE k8s; --",
            "bank\\",
            "\\",
            "'",
            "\"",
            "/",
            "shop|.*",
            "shop/ OR \"namespace_name\" = 'bank' OR \"pod_name\" =~ /",
            "shop\\/ OR \"namespace_name\" =~ /.*",
            "shop\\\\/ OR \"namespace_name\" =~ /.*",
            "(?i)",
            ")$/ OR \"pod_name\" =~ /.*",
            "shop\\",
            "[^",
            "memory/working_set\" WHERE \"namespace_name\" = 'bank' --",
            "value\") FROM \"memory/working_set\" --",
            "value\"::field), max(\"value",
            "x\" INTO \"stolen",
            "k8s\".\"default\".\"memory/working_set\" --",
            "namespace_name\" != '' OR \"pod_name",
            "time",
            "*",
            "/.*/",
            "$ns",
            "\u2019 OR \u2018",
            "\uD83D\uDE00' OR '",
            "/* retail */",
            "retail' /*");

    @TempDir
    static Path folder;

    private static RealInflux influx;

    @BeforeAll
    static void start() throws Exception {
        influx = RealInflux.start(folder);
        for (int minute = 0; minute < 30; minute++) {
            Instant at = NOON.plus(MINUTE.multipliedBy(minute));
            influx.heapster("memory/working_set", "retail", "shop-1a-b2", "shop", at, 100 + minute);
            influx.heapster("memory/working_set", "retail", "shop-canary-9z-x1", "shop", at, 200);
            influx.heapster("memory/working_set", "retail", "till-1a-b2", "till", at, 4242);
            influx.heapster("memory/working_set", "bank", "shop-7s-b2", "shop", at, SECRET);
            influx.heapster("cpu/usage_rate", "retail", "shop-1a-b2", "shop", at, 250);
            influx.heapster("cpu/usage", "retail", "shop-1a-b2", "shop", at, minute * 30_000_000_000L);
        }
        influx.write("words,type=pod_container,namespace_name=retail,pod_name=shop-1a-b2,container_name=shop"
                + " value=\"high\" " + NOON.getEpochSecond());
    }

    @AfterAll
    static void stop() throws Exception {
        if (influx != null) {
            influx.close();
        }
    }

    private static List<Series> memory(InfluxHistory history, Subject subject) throws IOException {
        return history.range(subject, MEMORY, NOON, NOON.plus(MINUTE.multipliedBy(30)), MINUTE);
    }

    @Test
    void givesTheMeansOfEachPodOfOneApplication() throws Exception {
        InfluxHistory history = influx.history(InfluxSchema.HEAPSTER);
        List<Series> found = memory(history, Subject.of("retail", "shop"));
        assertThat(found)
                .extracting(each -> each.labels().get("pod"))
                .containsExactlyInAnyOrder("shop-1a-b2", "shop-canary-9z-x1");
        assertThat(found.get(0).samples())
                .hasSize(30)
                .startsWith(new Series.Sample(NOON.getEpochSecond(), 100))
                .endsWith(new Series.Sample(NOON.getEpochSecond() + 29 * 60, 129));
        assertThat(memory(history, new Subject("retail", "shop", "canary")))
                .singleElement()
                .satisfies(each -> assertThat(each.labels()).containsEntry("pod", "shop-canary-9z-x1"));
        assertThat(memory(history, Subject.of("nobody", "shop"))).isEmpty();
        assertThat(history.version()).startsWith("1.");
        assertThat(history.present()).containsExactly("cpu", "memory");

        Recorded cpu = InfluxSchema.HEAPSTER.of(Metric.CPU).orElseThrow();
        assertThat(history.range(Subject.of("retail", "shop"), cpu, NOON, NOON.plus(MINUTE), MINUTE)
                        .get(0)
                        .samples()
                        .get(0)
                        .value())
                .isEqualTo(0.25);
        Recorded counter = new Recorded("cpu/usage", "value", 1e-9, true, true, Map.of("type", "pod_container"));
        assertThat(history.range(
                                Subject.of("retail", "shop"),
                                counter,
                                NOON.plus(MINUTE),
                                NOON.plus(Duration.ofMinutes(9)),
                                MINUTE)
                        .get(0)
                        .samples())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.value()).isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-9)));
    }

    @Test
    void whereNothingWasMeasuredThereIsNothingAndAChangeOfSourceIsKnown() throws Exception {
        InfluxHistory history = influx.history(InfluxSchema.HEAPSTER);
        Chart.Span span = Chart.Span.of(NOON.minus(Duration.ofHours(2)), NOON.plus(Duration.ofHours(2)));
        Subject shop = Subject.of("retail", "shop");
        Chart nothing = new Chart(Metric.MEMORY, Optional.empty(), List.of(), 0);
        JoinedChart past = JoinedChart.read(nothing, history, shop, span);
        assertThat(past.chart().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.samples()).hasSize(30).allSatisfy(each -> assertThat(each.at())
                        .isBetween((double) NOON.getEpochSecond(), NOON.getEpochSecond() + 1800.0)));
        assertThat(past.change()).isEqualTo(span.until().getEpochSecond());

        double begins = NOON.getEpochSecond() + 600;
        Chart prometheus = new Chart(
                Metric.MEMORY,
                Optional.empty(),
                List.of(new Chart.Line(
                        "shop-1a-b2", List.of(new Series.Sample(begins, 7), new Series.Sample(begins + 3600, 8)))),
                0);
        JoinedChart joined = JoinedChart.read(prometheus, history, shop, span);
        assertThat(joined.change()).isEqualTo(begins);
        List<Series.Sample> line = joined.chart().lines().get(0).samples();
        assertThat(line).hasSize(12);
        assertThat(line.get(9)).isEqualTo(new Series.Sample(begins - 60, 109));
        assertThat(line.get(10)).isEqualTo(new Series.Sample(begins, 7));

        Chart whole = new Chart(
                Metric.MEMORY,
                Optional.empty(),
                List.of(new Chart.Line(
                        "shop-1a-b2", List.of(new Series.Sample(span.since().getEpochSecond(), 7)))),
                0);
        assertThat(JoinedChart.read(whole, history, shop, span).past()).isEmpty();
        Chart threads = new Chart(Metric.THREADS, Optional.empty(), List.of(), 0);
        assertThat(JoinedChart.read(threads, history, shop, span).past()).isEmpty();
    }

    @Test
    void noNameReachesAnotherTenant() throws Exception {
        InfluxHistory history = influx.unguarded(InfluxSchema.HEAPSTER);
        for (String hostile : HOSTILE) {
            never(history, Subject.of(hostile, "shop"), MEMORY);
            never(history, Subject.of("retail", hostile), MEMORY);
            never(history, new Subject("retail", "shop", hostile), MEMORY);
            tried(hostile);
        }
        String alphabet = "'\"\\/()=~|.*$^;-{}[] aorOR1\u00e9\uD83D\uDE00";
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "retail" : "");
            for (int length = random.nextInt(1, 12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            switch (i % 3) {
                case 0 -> never(history, Subject.of(text.toString(), "shop"), MEMORY);
                case 1 -> never(history, Subject.of("retail", text.toString()), MEMORY);
                default -> tried(text.toString());
            }
        }
        for (String odd : List.of("", "a\nb", "a\u0000b", "\uD800", "a\tb")) {
            assertThatThrownBy(() -> memory(history, Subject.of(odd, "shop"))).isInstanceOf(StoreException.class);
        }
        assertThat(influx.admin("SHOW DATABASES")).contains("k8s");
        assertThat(influx.admin("SHOW MEASUREMENTS ON k8s")).doesNotContain("stolen");
    }

    /** As what the settings say, which is no reader's to say, but must not break out either. */
    private static void tried(String hostile) throws IOException {
        Map<String, String> type = Map.of("type", "pod_container");
        Subject shop = Subject.of("retail", "shop");
        InfluxHistory history = influx.unguarded(InfluxSchema.HEAPSTER);
        never(history, shop, new Recorded(hostile, "value", 1, false, true, type));
        never(history, shop, new Recorded("memory/working_set", hostile, 1, false, true, type));
        never(history, shop, new Recorded("memory/working_set", "value", 1, false, true, Map.of("type", hostile)));
        never(history, shop, new Recorded("memory/working_set", "value", 1, false, true, Map.of(hostile, "a")));
        InfluxSchema tags = new InfluxSchema(hostile, "pod_name", "container_name", Map.of());
        never(influx.unguarded(tags), shop, MEMORY);
        InfluxSchema pods = new InfluxSchema("namespace_name", hostile, "container_name", Map.of());
        never(influx.unguarded(pods), shop, MEMORY);
        InfluxPlace place = new InfluxPlace(hostile, hostile, Map.of());
        never(new InfluxHistory("old", history.client(), place, InfluxSchema.HEAPSTER), shop, MEMORY);
    }

    private static void never(InfluxHistory history, Subject subject, Recorded recorded) throws IOException {
        List<Series> found;
        try {
            found = history.range(subject, recorded, NOON, NOON.plus(MINUTE.multipliedBy(30)), MINUTE);
        } catch (StoreException e) {
            assertThat(e.kind()).as(subject + " " + e.getMessage()).isEqualTo(StoreException.Kind.STORE_REFUSED);
            assertThat(e.getMessage()).doesNotContain("error parsing query");
            return;
        }
        assertThat(found).as(subject + " " + recorded).allSatisfy(each -> assertThat(each.samples())
                .allSatisfy(sample -> assertThat(sample.value()).isNotEqualTo(SECRET)));
    }

    @Test
    void aNameIsFoundAsItIsHoweverItLooks() throws Exception {
        InfluxHistory history = influx.history(InfluxSchema.HEAPSTER);
        List<String> writable = HOSTILE.stream()
                .filter(each -> !each.endsWith("\\") && !each.matches(".*\\\\[,= ].*") && !each.contains("\\\\"))
                .toList();
        assertThat(writable).hasSizeGreaterThan(20);
        for (int i = 0; i < writable.size(); i++) {
            influx.heapster("memory/working_set", writable.get(i), "shop-1a-b2", "shop", NOON, 1000 + i);
            influx.heapster("memory/working_set", "names", writable.get(i) + "-1a-b2", writable.get(i), NOON, 2000 + i);
        }
        for (int i = 0; i < writable.size(); i++) {
            double namespace = 1000 + i;
            double pod = 2000 + i;
            assertThat(memory(history, Subject.of(writable.get(i), "shop")))
                    .as(writable.get(i))
                    .singleElement()
                    .satisfies(each -> assertThat(each.samples().get(0).value()).isEqualTo(namespace));
            assertThat(memory(history, Subject.of("names", writable.get(i))))
                    .as(writable.get(i))
                    .singleElement()
                    .satisfies(each -> assertThat(each.samples().get(0).value()).isEqualTo(pod));
        }
    }

    @Test
    void whatFailsIsAnErrorAndWhatIsNotThereIsNothing() throws Exception {
        Subject shop = Subject.of("retail", "shop");
        InfluxHistory history = influx.history(InfluxSchema.HEAPSTER);
        PastSides sides = new PastSides(history);
        Instant end = NOON.plus(MINUTE.multipliedBy(30));
        assertThat(sides.range(shop, "memory", NOON, end, MINUTE).get(29)).satisfies(last -> {
            assertThat(last.value()).isEqualTo((129 + 200) / 2.0);
            assertThat(last.at()).isEqualTo(NOON.getEpochSecond() + 29 * 60);
        });
        assertThat(sides.range(shop, "memory", NOON.minus(MINUTE), NOON, MINUTE))
                .isEmpty();
        assertThatThrownBy(() -> sides.range(shop, "threads", NOON, end, MINUTE))
                .hasMessageContaining("'threads' is not among what the history old has: [cpu, disk, memory");
        kind(
                StoreException.Kind.STORE_REFUSED,
                () -> history.range(shop, new Recorded("words", "value", 1, false, true, Map.of()), NOON, end, MINUTE));
        kind(StoreException.Kind.STORE_REFUSED, () -> history.range(shop, MEMORY, NOON, end, Duration.ofMillis(1)));
        kind(StoreException.Kind.STORE_LOGIN, () -> memory(influx.history("", InfluxSchema.HEAPSTER), shop));
        InfluxPlace other = new InfluxPlace("_internal", "", Map.of());
        kind(
                StoreException.Kind.STORE_LOGIN,
                () -> memory(new InfluxHistory("old", history.client(), other, InfluxSchema.HEAPSTER), shop));
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StoreClient slow = new StoreClient(
                    URI.create("http://127.0.0.1:" + mute.getLocalPort()), Map.of(), null, Duration.ofMillis(300));
            kind(
                    StoreException.Kind.STORE_DOWN,
                    () -> memory(new InfluxHistory("old", slow, history.place(), InfluxSchema.HEAPSTER), shop));
        }
    }

    private static void kind(StoreException.Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind())
                .as(e.getMessage())
                .isEqualTo(kind));
    }
}
