package io.jenkins.plugins.shera.monitoring.thresholds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    private static Threshold above(String metric, double warning) {
        return new Threshold(metric, warning, null, Duration.ofMinutes(5), false, false);
    }

    @ParameterizedTest
    @CsvSource({"300, 300", "1.5, 1.5", "400Mi, 419430400", "500m, 0.5", "5%, 5", "250ms, 0.25", "2k, 2000", "-1, -1"})
    void understandsValuesAsPeopleWriteThem(String text, double value) {
        assertThat(Figures.value("warning", text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "1e9", "NaN", "Inf", "5 apples", "1;up", "0x10", "--1"})
    void refusesWhatIsNoValue(String text) {
        assertThatThrownBy(() -> Figures.value("warning", text))
                .isInstanceOf(InvalidThresholdException.class)
                .hasMessageContaining("Write a number such as 300");
    }

    @Test
    void understandsDurations() {
        assertThat(Figures.duration("for", "1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Figures.duration("for", "0")).isZero();
        assertThat(Figures.duration("for", "")).isEqualTo(Duration.ofMinutes(5));
        assertThatThrownBy(() -> Figures.duration("for", "5 minutes")).hasMessageContaining("Write it as 30s");
    }

    @Test
    void refusesThresholdsThatCannotBeMeant() {
        assertThatThrownBy(() -> new Threshold("threads", 10.0, 5.0, Duration.ZERO, false, false))
                .hasMessageContaining("critical would come before warning");
        assertThatThrownBy(() -> new Threshold("no metric", 10.0, null, Duration.ZERO, false, false))
                .hasMessageContaining("Take one of cpu, memory, threads, sockets");
        assertThatThrownBy(() -> new Threshold("threads", null, null, Duration.ZERO, false, false))
                .hasMessageContaining("neither warning nor critical");
        assertThatThrownBy(() -> above("threads", Double.NaN)).hasMessageContaining("not a number");
    }

    private static Threshold withRunbook(String address) {
        return new Threshold("threads", 300.0, null, Duration.ZERO, false, false, address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "ftp://wiki.example.com/x",
                "//wiki.example.com",
                "https:///x",
                "https://a:b@wiki.example.com/x",
                "https://wiki.example.com/{{ query `up` }}",
                "https://wiki.example.com/a b",
                "https://wiki.example.com/\"><script>",
                "https://wiki.example.com/\nx"
            })
    void refusesARunbookThatNobodyMayBeSentTo(String address) {
        assertThatThrownBy(() -> withRunbook(address)).hasMessageContaining("no address of a page");
        assertThat(Runbook.orEmpty(address)).isEmpty();
    }

    @Test
    void keepsARunbookOnDisk(@TempDir Path folder) throws Exception {
        Threshold known = withRunbook("https://wiki.example.com/threads?x=1#now");
        new ThresholdStore(folder).change("retail", 0, book -> book.with("shop", known));
        assertThat(new ThresholdStore(folder).read("retail").at("shop")).containsExactly(known);
        assertThatThrownBy(() -> withRunbook("https://wiki.example.com/" + "x".repeat(500)))
                .hasMessageContaining("at most 500");
    }

    @Test
    void letsTheNearestLevelWinAndShowsWhatItOverrides() {
        ThresholdBook platform = new ThresholdBook(1, Map.of("", List.of(above("threads", 100), above("cpu", 1))));
        ThresholdBook tenant = new ThresholdBook(
                1,
                Map.of(
                        "", List.of(above("threads", 200)),
                        "shop", List.of(above("threads", 300)),
                        "shop/prod", List.of(new Threshold("cpu", null, null, Duration.ZERO, false, true))));

        List<Effective> dev = tenant.effective(platform, "shop", "dev");
        List<Effective> prod = tenant.effective(platform, "shop", "prod");

        assertThat(dev).extracting(each -> each.threshold().warning()).containsExactly(300.0, 1.0);
        assertThat(dev.get(0).level()).isEqualTo(Level.APPLICATION);
        assertThat(dev.get(0).overrides()).extracting(Effective::level).containsExactly(Level.TENANT, Level.PLATFORM);
        assertThat(prod.get(1).threshold().off()).isTrue();
    }

    @Test
    void keepsBooksOnDiskAndRefusesTheSecondOfTwoEditors(@TempDir Path folder) throws Exception {
        ThresholdStore store = new ThresholdStore(folder.resolve("books"));
        assertThat(store.read("retail").version()).isZero();

        ThresholdBook first = store.change("retail", 0, book -> book.with("shop", above("threads", 300)));

        assertThat(new ThresholdStore(folder.resolve("books")).read("retail")).isEqualTo(first);
        assertThatThrownBy(() -> store.change("retail", 0, book -> book.with("shop", above("threads", 400))))
                .isInstanceOf(ThresholdStore.StaleException.class)
                .hasMessageContaining("at version 1, not 0");
        assertThatThrownBy(() -> store.change("retail", 1, book -> {
                    throw new java.io.IOException("Prometheus said no");
                }))
                .hasMessage("Prometheus said no");
        assertThat(store.read("retail")).isEqualTo(first);
        try (var files = Files.list(folder.resolve("books"))) {
            assertThat(files).hasSize(1);
        }
        assertThatThrownBy(() -> store.read("../retail")).hasMessageContaining("no tenant's id");
    }

    @org.junit.jupiter.api.Test
    void writesFiguresSoThatTheyAreReadBackTheSame() {
        for (double value : new double[] {0, 1, 300, 0.25, 419430400, 1e12, 12345.678, 1024 * 1024 * 1.5}) {
            for (Metric.Unit unit : Metric.Unit.values()) {
                assertThat(Figures.value("warning", Figures.text(value, unit))).isEqualTo(value);
            }
        }
        assertThat(Figures.text(419430400.0, Metric.Unit.BYTES)).isEqualTo("400Mi");
        for (String text : java.util.List.of("0", "30s", "5m", "1h30m", "1d2h3m4s5ms")) {
            assertThat(Figures.text(Figures.duration("for", text))).isEqualTo(text);
        }
    }
}
