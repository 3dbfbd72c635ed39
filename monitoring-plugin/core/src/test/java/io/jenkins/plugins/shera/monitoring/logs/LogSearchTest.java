package io.jenkins.plugins.shera.monitoring.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSearchTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path folder;

    private final LogSearch search = new LogSearch();
    private Path live;

    @BeforeEach
    void name() {
        live = folder.resolve("0.log");
    }

    private static Instant at(double seconds) {
        return NOON.plusNanos((long) (seconds * 1e9));
    }

    private static String cri(Instant at, String text) {
        return at + " stdout F " + text + "\n";
    }

    private static String docker(Instant at, String json) {
        return "{\"log\":\"" + json + "\\n\",\"stream\":\"stdout\",\"time\":\"" + at + "\"}\n";
    }

    private String between(Instant since, Instant until) {
        return find(since, until).text;
    }

    private record Result(Found found, String text) {}

    private Result find(Instant since, Instant until) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Found found = search.search(live, Window.of(since, until), new TextSink(out, out, false));
            return new Result(found, out.toString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines whose times rise by up to 2 s at a time, of lengths from nothing to some kilobytes. */
    private List<Instant> fill(Path file, Random random, int count, boolean json) throws IOException {
        List<Instant> times = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        Instant time = NOON;
        for (int i = 0; i < count; i++) {
            time = time.plusNanos(random.nextLong(2_000_000_000L));
            String text = i + "-" + "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 4000 : 100));
            times.add(time);
            lines.append(json ? docker(time, text) : cri(time, text));
        }
        Files.writeString(file, lines);
        return times;
    }

    @Test
    void givesExactlyTheLinesOfTheWindowWhereverItLies() throws IOException {
        Random random = new Random(1);
        for (boolean json : new boolean[] {false, true}) {
            List<Instant> times = fill(live, random, 4000, json);
            for (int round = 0; round < 120; round++) {
                int a = random.nextInt(times.size());
                int b = Math.min(times.size() - 1, a + random.nextInt(40));
                Result result = find(times.get(a), times.get(b));
                int first = times.indexOf(times.get(a));
                assertThat(result.found.records()).isEqualTo(times.lastIndexOf(times.get(b)) - first + 1);
                assertThat(result.text).startsWith(first + "-");
            }
            assertThat(find(null, null).found.records()).isEqualTo(4000);
            assertThat(between(null, NOON.minusNanos(1))).isEmpty();
            assertThat(between(times.get(3999).plusNanos(1), null)).isEmpty();
        }
    }

    @Test
    void findsLinesThatTwoStreamsWroteOutOfOrder() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append(cri(at(i * 0.1 + (i % 7 == 0 ? 2.5 : 0)), "line " + i));
        }
        Files.writeString(live, lines);

        Result result = find(at(1000), at(1001));

        assertThat(result.text.lines()).contains("line 9975", "line 9982", "line 10000", "line 10009");
        assertThat(result.found.orderVerified()).isFalse();
    }

    @Test
    void findsEveryLineOfAClockThatWasSetBackAnHourOnceItIsIndexed() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 7200; i++) {
            lines.append(cri(at(i), "before " + i + "x".repeat(500)));
        }
        for (int i = 3600; i < 10_800; i++) {
            lines.append(cri(at(i), "after " + i + "x".repeat(500)));
        }
        Files.writeString(live, lines);
        search.index(live);

        Result result = find(at(5000), at(5001));

        assertThat(result.text.lines().map(line -> line.replace("x", "")))
                .containsExactly("before 5000", "before 5001", "after 5000", "after 5001");
        assertThat(result.found.orderVerified()).isTrue();
    }

    @Test
    void seesWhatWasWrittenAfterItWasIndexed() throws IOException {
        Files.writeString(live, cri(at(1), "one"));
        search.index(live);
        Files.writeString(live, cri(at(2), "two") + "2026-01-02T12:00:", StandardOpenOption.APPEND);
        search.index(live);
        Files.writeString(live, "03Z stdout F three\n", StandardOpenOption.APPEND);

        assertThat(between(at(2), at(3))).isEqualTo("two\nthree\n");
    }

    @Test
    void readsAFileAnewThatWasCutToNothingAndWrittenAgain() throws IOException {
        Files.writeString(live, cri(at(1), "long ago ".repeat(100)));
        search.index(live);
        Files.writeString(live, cri(at(5), "new"));
        search.index(live);

        assertThat(between(at(0), at(9))).isEqualTo("new\n");
    }

    @Test
    void forgetsTheIndexOfAFileThatWasCutAndHasGrownBeyondItsOldSize() throws IOException {
        fill(live, new Random(5), 2_000, false);
        search.index(live);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            lines.append(cri(at(100_000 + i), "new " + i));
        }
        Files.writeString(live, lines);

        assertThat(between(at(100_010), at(100_011))).isEqualTo("new 10\nnew 11\n");
        assertThat(find(at(100_010), at(100_011)).found.orderVerified()).isFalse();
        search.index(live);
        assertThat(between(at(399_990), at(399_991))).isEqualTo("new 299990\nnew 299991\n");
        assertThat(find(at(399_990), null).found.orderVerified()).isTrue();
    }

    @Test
    void followsNoLinkAndOpensNoPipe() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), cri(NOON, "secret"));
        Files.createSymbolicLink(folder.resolve(live.getFileName() + ".20260101-000000"), secret);
        Files.writeString(live, cri(NOON, "mine"));

        assertThatThrownBy(() -> find(null, null)).hasMessageContaining("is no regular file");

        Files.delete(folder.resolve(live.getFileName() + ".20260101-000000"));
        assertThat(between(null, null)).isEqualTo("mine\n");
        Files.delete(live);
        assertThat(new ProcessBuilder("mkfifo", live.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> find(null, null)).hasMessageContaining("is no regular file");
    }

    @Test
    void goesThroughRotatedAndCompressedFilesInOrder() throws IOException {
        gzip(folder.resolve("0.log.20260102-110000.gz"), cri(at(1), "one") + cri(at(2), "two"));
        Files.writeString(folder.resolve("0.log.20260102-120000"), cri(at(3), "three"));
        Files.writeString(live, cri(at(4), "four"));
        Files.writeString(folder.resolve("0.log.tmp"), cri(at(3), "not ours"));

        assertThat(between(null, null)).isEqualTo("one\ntwo\nthree\nfour\n");
        assertThat(between(at(2), at(3))).isEqualTo("two\nthree\n");
        live = folder.resolve("c-json.log");
        Files.writeString(folder.resolve("c-json.log.2"), docker(at(1), "1"));
        gzip(folder.resolve("c-json.log.1.gz"), docker(at(2), "2"));
        gzip(folder.resolve("c-json.log.10.gz"), docker(at(0), "0"));
        Files.writeString(live, docker(at(3), "3"));
        assertThat(between(null, null)).isEqualTo("0\n1\n2\n3\n");
    }

    @Test
    void unpacksFilesOfSeveralMembers() throws IOException {
        Path packed = folder.resolve("0.log.20260102-110000.gz");
        gzip(packed, cri(at(1), "one"));
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(second)) {
            zip.write(cri(at(2), "two").getBytes(UTF_8));
        }
        Files.write(packed, second.toByteArray(), StandardOpenOption.APPEND);
        Files.writeString(live, "");

        assertThat(between(null, null)).isEqualTo("one\ntwo\n");
    }

    @Test
    void streamsALineOf16MebibytesAndFindsItsNeighbours() throws IOException {
        String giant = "y".repeat(16 << 20);
        for (boolean json : new boolean[] {false, true}) {
            try (OutputStream out = Files.newOutputStream(live)) {
                for (int i = 0; i < 3000; i++) {
                    String text = i == 1500 ? giant : "line " + i;
                    out.write((json ? docker(at(i), text) : cri(at(i), text)).getBytes(UTF_8));
                }
            }
            assertThat(between(at(1499), at(1501))).isEqualTo("line 1499\n" + giant + "\nline 1501\n");
            assertThat(between(at(1501), at(1501))).isEqualTo("line 1501\n");
            assertThat(between(at(10), at(10))).isEqualTo("line 10\n");
            assertThat(between(at(2999), null)).isEqualTo("line 2999\n");
        }
    }

    @Test
    void passesOverTornLinesGarbageAndZeros() throws IOException {
        Files.writeString(
                live,
                docker(at(1), "one") + "\0\0\0\0\n{\"log\":\"torn\n\n" + docker(at(2), "two")
                        + "{\"log\":\"half\\n\",\"stream\":\"stdout\",\"ti");

        Result result = find(at(0), at(9));

        assertThat(result.text).isEqualTo("one\ntwo\n");
        assertThat(result.found.unreadable()).isEqualTo(4);
    }

    @Test
    void decodesWhatDockerEscapesAndReplacesWhatIsNoText() throws IOException {
        Files.write(
                live,
                docker(at(1), "\\u003ca\\u003e \\\"q\\\" \\\\ \\t\\u0000 \\ud83d\\ude00 \\ud83d! \u00fc\u6f22")
                        .getBytes(UTF_8));
        Files.write(
                live,
                concat(
                        "{\"log\":\"bad ".getBytes(UTF_8),
                        new byte[] {(byte) 0xff, (byte) 0xe6, (byte) 0xbc, 'x'},
                        ("\",\"stream\":\"stderr\",\"time\":\"" + at(2) + "\"}\n").getBytes(UTF_8)),
                StandardOpenOption.APPEND);

        assertThat(between(null, null))
                .isEqualTo("<a> \"q\" \\ \t\0 \ud83d\ude00 \ufffd! \u00fc\u6f22\nbad \ufffd\ufffd\ufffdx");
    }

    @Test
    void joinsPartsOfALineAndPassesNulAndBytesThatAreNoText() throws IOException {
        Files.write(
                live,
                concat(
                        (at(1) + " stdout P half \0").getBytes(UTF_8),
                        new byte[] {(byte) 0xff, '\n'},
                        (at(1) + " stdout F done\r\n" + at(2) + " stderr F \n").getBytes(UTF_8)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();

        search.search(live, Window.of(null, null), new TextSink(out, error, false));

        assertThat(out.toByteArray())
                .isEqualTo(concat("half \0".getBytes(UTF_8), new byte[] {(byte) 0xff}, "done\r\n".getBytes(UTF_8)));
        assertThat(error.toString(UTF_8)).isEqualTo("\n");
    }

    @Test
    void stopsWhenTheReaderHasEnough() throws IOException {
        fill(live, new Random(2), 1000, false);
        List<Long> got = new ArrayList<>();

        Found found = search.search(live, Window.of(null, null), new LogSink() {
            @Override
            public void begin(long stamp, boolean error) throws IOException {
                if (got.size() == 3) {
                    throw new EnoughException();
                }
                got.add(stamp);
            }

            @Override
            public void content(byte[] bytes, int from, int length) {
                assertThat(length).isPositive();
            }

            @Override
            public void end() {
                assertThat(got).isNotEmpty();
            }
        });

        assertThat(got).hasSize(3);
        assertThat(found.complete()).isFalse();
    }

    @Test
    void saysWhichLogIsNotThere() {
        assertThatThrownBy(() -> search.search(folder.resolve("no/0.log"), Window.of(null, null), null))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("there is no such log");
        assertThatThrownBy(() -> search.search(live, Window.of(null, null), null))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static void gzip(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(UTF_8));
        }
    }

    private static byte[] concat(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }
}
