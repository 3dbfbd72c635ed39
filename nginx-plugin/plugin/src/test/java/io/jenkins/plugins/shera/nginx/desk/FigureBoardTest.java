package io.jenkins.plugins.shera.nginx.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.figures.RequestLine;
import io.jenkins.plugins.shera.nginx.figures.ToldRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes told of an hour, whatever their clocks say. */
class FigureBoardTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T10:00:00Z");

    private final FigureBoard board = new FigureBoard();

    private static NodeFigures five(long begin) {
        NodeFigures.Sorter sorter = new NodeFigures.Sorter(Map.of("shop.example.com", "retail"));
        sorter.count(RequestLine.parse("shop.example.com 502 0.300 shera.retail.shop.dev 1700000000.123")
                .orElseThrow());
        return ToldRequests.of(ToldRequests.json(new NodeFigures(begin, begin + 5000, false, sorter.rows())));
    }

    private NodeFigures lately(int minutes, Instant now) {
        return board.lately("one", Duration.ofMinutes(minutes), now)
                .orElseThrow()
                .figures();
    }

    @Test
    void sumsTheTimeThatIsAskedForAndSaysWhatIsNotKnown() {
        // Two hours; the node's clock is a year behind.
        for (int i = 1; i <= 1440; i++) {
            board.told("one", true, five(1_700_000_000_000L + i * 5000L), BEGIN.plusSeconds(i * 5L));
        }
        Instant now = BEGIN.plusSeconds(7200);
        assertThat(lately(1, now).rows()).singleElement().satisfies(row -> {
            assertThat(row.tenant()).isEqualTo("retail");
            assertThat(row.upstream()).isEqualTo("shera.retail.shop.dev");
            assertThat(row.tally().ofClass(5)).isEqualTo(12);
            assertThat(row.tally().quantile(0.95)).isEqualTo(0.5);
            assertThat(row.tally().seconds()).isCloseTo(3.6, org.assertj.core.api.Assertions.within(0.001));
        });
        assertThat(lately(5, now).rows().get(0).tally().requests()).isEqualTo(60);
        // Older ones are kept by the minute, so that the edge of an hour is no finer.
        assertThat(lately(60, now).rows().get(0).tally().requests()).isBetween(720L, 732L);
        assertThat(lately(60, now).cut()).isFalse();
        assertThat(lately(1, now.plusSeconds(45)).cut()).isTrue();
        assertThat(lately(1, now.plusSeconds(90)).rows()).isEmpty();
        assertThat(board.lately("two", Duration.ofMinutes(1), now)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"since\": 5, \"until\": 5}",
                "{\"since\": 1, \"until\": 9000000000000}",
                "{\"since\": -4, \"until\": 5000}"
            })
    void takesNoTimeThatIsNone(String told) throws Exception {
        JsonNode json = new ObjectMapper().readTree(told);
        assertThatThrownBy(() -> ToldRequests.of(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void boundsWhatANodeSays() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            rows.append(i == 0 ? "" : ",")
                    .append("{\"host\": \"")
                    .append("x".repeat(300))
                    .append("\"}");
        }
        NodeFigures read = ToldRequests.of(new ObjectMapper()
                .readTree(
                        "{\"since\": 1, \"until\": 5000, \"rows\": [{\"classes\": [0, -7, 1e30, \"x\"], \"bounds\": 9,"
                                + " \"seconds\": \"NaN\"}," + rows + "]}"));
        assertThat(read.rows().size()).isLessThan(1100);
        assertThat(read.rows().get(0).tally().ofClass(2)).isZero();
        assertThat(read.rows().get(1).host()).hasSize(255);
    }
}
