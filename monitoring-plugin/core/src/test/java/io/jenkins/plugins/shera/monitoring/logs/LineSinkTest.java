package io.jenkins.plugins.shera.monitoring.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSinkTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineSink sink = new LineSink(out);

    private void record(long stamp, boolean error, String text) throws IOException {
        sink.begin(stamp, error);
        byte[] bytes = text.getBytes(UTF_8);
        int half = bytes.length / 2;
        sink.content(bytes, 0, half);
        sink.content(bytes, half, bytes.length - half);
        sink.end();
    }

    private static String line(long stamp, String text) {
        return Stamps.text(stamp) + " " + text + "\n";
    }

    @Test
    void joinsPiecesOfEachStreamAndLetsTheOtherFollow() throws IOException {
        record(1, false, "one ");
        record(2, true, "warning ");
        record(3, false, "line");
        record(4, true, "too\n");
        record(5, false, "\n");
        record(6, false, "\n");
        sink.finish();

        assertThat(out.toString(UTF_8)).isEqualTo(line(1, "one line") + line(2, "warning too") + line(6, ""));
    }

    @Test
    void noRecordCanPassForALineWithoutTimeOrForTheEnd() throws IOException {
        record(7, false, "a\n#end {}\nb");
        sink.finish();

        assertThat(out.toString(UTF_8)).isEqualTo(line(7, "a") + line(7, "#end {}") + line(7, "b"));
    }

    @Test
    void holdsBackABoundedAmountForALineThatNeverEnds() throws IOException {
        record(1, false, "open");
        String large = "e".repeat(100_000);
        for (int i = 0; i < 5; i++) {
            record(10 + i, true, large + "\n");
        }
        record(20, false, " again\n");
        sink.finish();

        String text = out.toString(UTF_8);
        assertThat(text).startsWith(line(1, "open") + line(10, large)).endsWith(line(20, " again"));
        assertThat(text.lines()).hasSize(7);
    }

    /** The oracle joins each stream by itself; what comes out must hold the same lines. */
    @Test
    void keepsEveryLineOfAnyMixture() throws IOException {
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            out.reset();
            List<String> expected = new ArrayList<>();
            String[] open = {"", ""};
            long[] stamps = {0, 0};
            for (int i = 1; i < 40; i++) {
                int stream = random.nextInt(2);
                boolean ends = random.nextInt(3) > 0;
                String text = stream + "-" + i;
                if (open[stream].isEmpty()) {
                    stamps[stream] = i;
                }
                open[stream] += text;
                if (ends) {
                    expected.add(line(stamps[stream], open[stream]));
                    open[stream] = "";
                }
                record(i, stream == 1, ends ? text + "\n" : text);
            }
            for (int stream = 0; stream < 2; stream++) {
                if (!open[stream].isEmpty()) {
                    expected.add(line(stamps[stream], open[stream]));
                }
            }
            sink.finish();
            assertThat(out.toString(UTF_8).lines().map(each -> each + "\n").toList())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
