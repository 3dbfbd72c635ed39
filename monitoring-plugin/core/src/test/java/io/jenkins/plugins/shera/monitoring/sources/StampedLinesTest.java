package io.jenkins.plugins.shera.monitoring.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampedLinesTest {
    private static final ContainerLog LOG = new ContainerLog("prod", "shop-1", "shop");

    private static List<String> read(String text, Instant since, Instant until) throws Exception {
        List<String> lines = new ArrayList<>();
        try (StampedLines stream = new StampedLines(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LOG, Window.of(since, until))) {
            for (LogLine line = stream.next(); line != null; line = stream.next()) {
                lines.add(line.text());
            }
        }
        return lines;
    }

    @Test
    void keepsTheWindowAndWhatTheKubeletItselfSays() throws Exception {
        String text = "2026-01-02T03:04:05Z early\n2026-01-02T03:04:10.5Z in time\r\n"
                + "unable to retrieve container logs for containerd://abc\n2026-01-02T03:04:20Z late\n";

        assertThat(read(text, Instant.parse("2026-01-02T03:04:06Z"), Instant.parse("2026-01-02T03:04:15Z")))
                .containsExactly("in time", "unable to retrieve container logs for containerd://abc");
        assertThat(read("failed to try resolving symlinks\n", null, null))
                .containsExactly("failed to try resolving symlinks");
        assertThat(read("", null, null)).isEmpty();
    }

    @Test
    void countsWhatItLeavesOutOfALongLine() throws Exception {
        String longest = "x".repeat((1 << 20) + 5_000);
        byte[] text = ("2026-01-02T03:04:05Z " + longest + "\r\n2026-01-02T03:04:06Z whole\n")
                .getBytes(StandardCharsets.UTF_8);

        try (StampedLines stream = new StampedLines(new ByteArrayInputStream(text), LOG, Window.of(null, null))) {
            LogLine cut = stream.next();
            assertThat(longest).startsWith(cut.text());
            assertThat(cut.text().length() + cut.omitted()).isEqualTo(longest.length() + 1);
            assertThat(cut.omitted()).isPositive();
            assertThat(stream.next()).isEqualTo(new LogLine(cut.stamp() + 1_000_000_000L, LOG, "whole"));
        }
    }
}
