package io.jenkins.plugins.shera.monitoring.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of lengths at which buffers end, windows without width, other line ends, and files that go away under the reader. */
class LogEdgesTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path folder;

    private final LogSearch search = new LogSearch();
    private Path live;

    @BeforeEach
    void name() {
        live = folder.resolve("0.log");
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static String record(boolean json, int second, String text) {
        return json
                ? "{\"log\":\"" + text + "\\n\",\"stream\":\"stdout\",\"time\":\"" + at(second) + "\"}\n"
                : at(second) + " stdout F " + text + "\n";
    }

    /** A record that takes just so many bytes in the file, with its line feed. */
    private static String sized(boolean json, int second, int bytes) {
        return record(json, second, "y".repeat(bytes - record(json, second, "").length()));
    }

    private record Result(Found found, String text) {}

    private Result find(Instant since, Instant until) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Found found = search.search(live, Window.of(since, until), new TextSink(out, out, false));
        return new Result(found, out.toString(UTF_8));
    }

    @Test
    void linesOfJustTheSizeOfABufferHideNoneOfTheirNeighbours() throws IOException {
        int[] edges = {Lines.SMALL, Lines.LARGE, Lines.LARGE + Lines.SMALL, 16 << 20};
        for (boolean json : new boolean[] {false, true}) {
            for (int edge : edges) {
                for (int bytes = edge - 1; bytes <= edge + 2; bytes++) {
                    String giant = sized(json, 2, bytes);
                    Files.writeString(live, record(json, 1, "before") + giant + record(json, 3, "after"));
                    int text = bytes - record(json, 2, "").length();
                    Result all = find(at(1), at(3));
                    assertThat(all.text.length()).as("%s", bytes).isEqualTo("before\n\nafter\n".length() + text);
                    assertThat(all.text).startsWith("before\ny").endsWith("y\nafter\n");
                    assertThat(all.found.unreadable()).isZero();
                    assertThat(find(at(3), at(3)).text).isEqualTo("after\n");

                    // The last line, whose line feed is still to come.
                    Files.writeString(live, record(json, 1, "before") + giant.substring(0, giant.length() - 1));
                    assertThat(find(at(1), at(1)).text).isEqualTo("before\n");
                    assertThat(find(at(2), at(2)).text.length())
                            .as("%s torn", bytes)
                            .isEqualTo(text + 1);
                }
            }
        }
    }

    @Test
    void aFileWithOtherLineEndsIsRead() throws IOException {
        Files.writeString(
                live,
                (record(true, 1, "one") + record(true, 2, "two\\r") + record(true, 3, "three")).replace("\n", "\r\n"));
        Result all = find(null, null);
        assertThat(all.text).isEqualTo("one\ntwo\r\nthree\n");
        assertThat(all.found.unreadable()).isZero();
        assertThat(find(at(2), at(2)).text).isEqualTo("two\r\n");
        // Here the carriage return is the line's own.
        Files.writeString(live, (record(false, 1, "one") + record(false, 2, "two")).replace("\n", "\r\n"));
        assertThat(find(at(2), at(2)).text).isEqualTo("two\r\n");
    }

    @Test
    void aWindowWithoutWidthHoldsWhatHasJustThatTimeAndAnEmptyOneNothing() throws IOException {
        for (boolean json : new boolean[] {false, true}) {
            Files.writeString(
                    live,
                    record(json, 1, "one") + record(json, 5, "a") + record(json, 5, "b") + record(json, 9, "two"));
            assertThat(find(at(5), at(5)).text).isEqualTo("a\nb\n");
            assertThat(find(at(3), at(4)).found.records()).isZero();
            assertThat(find(at(5).plusNanos(1), at(5).plusNanos(1)).text).isEmpty();
            search.index(live);
            assertThat(find(at(3), at(4)).found.records()).isZero();
            assertThat(find(at(5), at(5)).text).isEqualTo("a\nb\n");
        }
        Files.writeString(live, "");
        assertThat(find(at(1), at(2)).found.records()).isZero();
        assertThat(find(null, null).text).isEmpty();
    }

    @Test
    void filesThatAreDeletedUnderTheReaderAreReadToTheirEnd() throws IOException {
        Path packed = folder.resolve("0.log.20260102-120000.gz");
        Path rotated = folder.resolve("0.log.20260102-130000");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write((record(false, 1, "packed") + sized(false, 2, 3 << 20)).getBytes(UTF_8));
        }
        Files.writeString(rotated, record(false, 3, "rotated") + sized(false, 4, 3 << 20));
        Files.writeString(live, record(false, 5, "live") + sized(false, 6, 3 << 20) + record(false, 7, "last"));
        String whole = find(null, null).text;
        assertThat(whole).startsWith("packed\n").endsWith("\nlast\n");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogSink text = new TextSink(out, out, false);
        Found found = search.search(live, Window.of(null, null), new LogSink() {
            @Override
            public void begin(long stamp, boolean error) throws IOException {
                for (Path each : List.of(packed, rotated, live)) {
                    Files.deleteIfExists(each);
                }
                text.begin(stamp, error);
            }

            @Override
            public void content(byte[] bytes, int from, int length) throws IOException {
                text.content(bytes, from, length);
            }

            @Override
            public void end() throws IOException {
                text.end();
            }
        });

        assertThat(out.toString(UTF_8)).isEqualTo(whole);
        assertThat(found.complete()).isTrue();
        search.retain(List.of(live));
        assertThatThrownBy(() -> find(null, null)).isInstanceOf(NoSuchFileException.class);
    }
}
