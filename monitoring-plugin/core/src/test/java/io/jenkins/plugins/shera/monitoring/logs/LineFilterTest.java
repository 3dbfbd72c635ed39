package io.jenkins.plugins.shera.monitoring.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineFilterTest {

    private static boolean accepts(LineFilter filter, String line) {
        byte[] padded = ("ERROR" + line + "ERROR").getBytes(StandardCharsets.UTF_8);
        return filter.accepts(padded, 5, padded.length - 10);
    }

    @Test
    void aTextIsFoundWhateverItsCaseAndMeansItself() {
        LineFilter text = LineFilter.of("a.b[", false);
        assertThat(accepts(text, "xA.B[y")).isTrue();
        assertThat(accepts(text, "axb[")).isFalse();
        assertThat(accepts(LineFilter.of("error", false), "all is well"))
                .as("the bytes around it do not count")
                .isFalse();
        assertThat(accepts(LineFilter.of("\u6f22STRASSE", false), "x\u6f22strasse"))
                .isTrue();
        assertThat(accepts(LineFilter.ALL, "")).isTrue();
        assertThat(accepts(LineFilter.of("x", false), "")).isFalse();
    }

    @Test
    void anExpressionIsSearchedInTimeThatIsLinearInTheLine() {
        LineFilter filter = LineFilter.of("^(a+)+$", true);
        assertThat(accepts(filter, "a".repeat(100_000) + "b")).isFalse();
        assertThat(accepts(filter, "a".repeat(100_000))).isTrue();
        assertThat(accepts(LineFilter.of("(?i)timeout after [0-9]{2,}ms", true), "Timeout after 300ms"))
                .isTrue();
    }

    @Test
    void whatIsNoExpressionOrWouldBecomeTooLargeIsRefused() {
        assertThatThrownBy(() -> LineFilter.of("(", true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LineFilter.of("(?=x)", true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LineFilter.of("(a)\\1", true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LineFilter.of("(((a{100}){100}){100}){100}", true))
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> LineFilter.of("x".repeat(201), false)).hasMessageContaining("200");
        assertThat(LineFilter.of("a{10}b{1,50}", true).isExpression()).isTrue();
    }

    private static String filtered(String lines, LineFilter filter, int step) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FilteredLines through = new FilteredLines(out, filter);
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += step) {
            through.write(bytes, at, Math.min(step, bytes.length - at));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesPassWholeHoweverTheyAreCutAndTheirTimeIsNoText() throws IOException {
        String lines = "2026-01-02T03:04:05Z one\n2026-01-02T03:04:05Z two\n2026-01-02T03:04:05Z \n2026 twofold\n";
        for (int step : new int[] {1, 2, 7, 1000}) {
            assertThat(filtered(lines, LineFilter.of("two", false), step))
                    .isEqualTo("2026-01-02T03:04:05Z two\n2026 twofold\n");
            assertThat(filtered(lines, LineFilter.of("2026", false), step)).isEmpty();
            assertThat(filtered(lines, LineFilter.of("e$", true), step)).isEqualTo("2026-01-02T03:04:05Z one\n");
        }
    }

    @Test
    void theFirstMebibyteOfALongLineDecides() throws IOException {
        String early = "T needle" + "x".repeat(3 << 20) + "\n";
        String late = "T " + "x".repeat(3 << 20) + "needle\n";
        String after = "T needle\n";
        assertThat(filtered(early + late + after, LineFilter.of("needle", false), 65_536))
                .isEqualTo(early + after);
    }
}
