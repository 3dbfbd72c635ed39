package io.jenkins.plugins.shera.nginx.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogTest {
    private static final long DAY = 1_700_000_000_000L;

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void name() {
        log = folder.resolve("shera.log");
    }

    private static String line(long at) {
        return String.format(
                Locale.ROOT, "shop.example.com 200 0.004 shera.retail.shop.dev %d.%03d%n", at / 1000, at % 1000);
    }

    private List<Long> found(long since, long until) throws IOException {
        List<Long> times = new ArrayList<>();
        new RequestLog(log).read(since, until, request -> times.add(request.at()));
        return times;
    }

    /** Every second a request, from the first second to the one before the last. */
    private static void write(Path file, int from, int to) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int second = from; second < to; second++) {
            text.append(line(DAY + second * 1000L));
        }
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void findsARangeOfTimeInALargeFile() throws Exception {
        write(log, 0, 86_400);

        assertThat(found(DAY + 50_000_000, DAY + 50_003_000))
                .containsExactly(DAY + 50_000_000, DAY + 50_001_000, DAY + 50_002_000);
        assertThat(found(DAY, DAY + 1000)).containsExactly(DAY);
        assertThat(found(DAY + 86_399_000, Long.MAX_VALUE)).containsExactly(DAY + 86_399_000);
        assertThat(found(DAY + 90_000_000, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void takesLinesThatAnotherWorkerWroteLater() throws Exception {
        write(log, 0, 20_000);
        Files.writeString(log, line(DAY + 19_990_500), StandardOpenOption.APPEND);
        write(log, 20_000, 40_000);

        assertThat(found(DAY + 19_990_000, DAY + 19_991_000)).containsExactly(DAY + 19_990_000, DAY + 19_990_500);
    }

    @Test
    void goesOnIntoTheLogThatWasRotatedAway() throws Exception {
        write(folder.resolve("shera.log.1"), 0, 10_000);
        write(log, 10_000, 10_002);

        assertThat(found(DAY + 9_999_000, Long.MAX_VALUE))
                .containsExactly(DAY + 9_999_000, DAY + 10_000_000, DAY + 10_001_000);
        Files.writeString(log, "");
        assertThat(found(DAY + 9_999_000, Long.MAX_VALUE)).containsExactly(DAY + 9_999_000);
    }

    @Test
    void countsWhatCannotBeReadAndLeavesAnUnfinishedLineForLater() throws Exception {
        Files.writeString(
                log,
                "GET / HTTP/1.1\n" + "x".repeat(5000) + "\n" + line(DAY)
                        + line(DAY + 1).strip());

        List<Long> times = new ArrayList<>();
        RequestLog.Range range = new RequestLog(log).read(0, Long.MAX_VALUE, request -> times.add(request.at()));
        assertThat(times).containsExactly(DAY);
        assertThat(range.unreadable()).isEqualTo(1);
        assertThat(range.cut()).isFalse();
    }

    @Test
    void saysWhatNginxHasToWrite() throws Exception {
        assertThatThrownBy(() -> found(0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("There is no log of requests " + log)
                .hasMessageContaining("log_format shera");
        Files.writeString(log, "shop.example.com 200 0.004\n");
        assertThatThrownBy(() -> found(0, 1)).hasMessageContaining("lines of another format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example.com 999 0.004",
                "shop.example.com 200 0.004 up",
                "shop.example.com 200 0.004 up 17",
                "shop.example.com 200 -0.004 up 17.000",
                "a b 200 0.004 up 17.000",
                "shop.example.com 200 0.004 up 17.000 more"
            })
    void takesNoOtherFormat(String line) {
        assertThat(RequestLine.parse(line)).isEmpty();
    }

    @Test
    void countsInventedHostsAndManyUpstreamsTogether() {
        NodeFigures.Sorter sorter = new NodeFigures.Sorter(Map.of("shop.example.com", "retail"));
        for (int i = 0; i < 200; i++) {
            sorter.count(new RequestLine("invented-" + i, 4, 0.1, "u" + i, DAY));
            sorter.count(new RequestLine("shop.example.com", i % 2 == 0 ? 2 : 5, 0.2, "u" + i, DAY));
        }
        List<NodeFigures.Row> rows = sorter.rows();
        assertThat(rows).hasSize(52);
        assertThat(rows.get(0).host()).isEmpty();
        assertThat(rows.get(0).tally().ofClass(4)).isEqualTo(200);
        NodeFigures figures = new NodeFigures(0, 1, false, rows);
        assertThat(figures.of("bank").rows()).isEmpty();
        NodeFigures.Row shop = NodeFigures.byHost(List.of(figures.of("retail"))).get(0);
        assertThat(shop.tally().requests()).isEqualTo(200);
        assertThat(shop.tally().quantile(0.95)).isEqualTo(0.25);
    }
}
