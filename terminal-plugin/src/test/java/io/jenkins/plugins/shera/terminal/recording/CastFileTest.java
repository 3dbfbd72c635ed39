package io.jenkins.plugins.shera.terminal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading by parts, also what a crash or a stranger has left in the file. */
class CastFileTest {
    private static final String HEADER = "{\"version\": 2, \"width\": 80, \"height\": 24}\n";

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void file() {
        path = folder.resolve("a.cast");
    }

    private static String event(double at, String kind, String text) {
        return String.format(Locale.ROOT, "[%.6f, \"%s\", \"%s\"]\n", at, kind, text);
    }

    private String allPieces(CastFile file, int most) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long at = 0;
        CastFile.Piece piece;
        do {
            piece = file.piece(at, most);
            all.writeBytes(piece.bytes());
            assertThat(piece.last() || piece.next() > at).isTrue();
            at = piece.next();
        } while (!piece.last());
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readsUpToTheLastWholeEventAndGoesOnWhenMoreIsWritten() throws Exception {
        String whole = HEADER + event(1, "o", "a") + event(2.5, "o", "b");
        Files.writeString(path, whole + "[3.000000, \"o\", \"to");
        try (CastFile file = new CastFile(path)) {
            assertThat(allPieces(file, 1)).isEqualTo(whole);
            assertThat(file.seconds()).isEqualTo(2.5);
            Files.writeString(path, "rn\"]\n", StandardOpenOption.APPEND);
            CastFile.Piece more = file.piece(whole.length(), 100);
            assertThat(new String(more.bytes(), StandardCharsets.UTF_8)).isEqualTo("[3.000000, \"o\", \"torn\"]\n");
            assertThat(file.seconds()).isEqualTo(3);
        }
    }

    @Test
    void passesOverWhatIsNoEventAndLinesThatAreTooLong() throws Exception {
        String junk = "\0\0\0\n[]\nnull\n[1]\n{\"a\":1}\n[\"x\", \"o\", \"y\"]\n" + "[".repeat(100_000) + "\n"
                + "q".repeat(3_000_000) + "\n";
        Files.writeString(path, HEADER + event(1, "o", "first") + junk + event(9, "o", "second"));
        try (CastFile file = new CastFile(path)) {
            assertThat(file.seconds()).isEqualTo(9);
            assertThat(file.seek(5)[0])
                    .isEqualTo(Files.size(path) - event(9, "o", "second").length());
            assertThat(allPieces(file, 1)).contains("first").contains("second").doesNotContain("qqq");
            assertThat(CastSearch.find(file, "SECOND", 0, 1L << 30).hits()).hasSize(1);
        }
    }

    @Test
    void findsEveryMomentAndWhereToBeginToDraw() throws Exception {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder(HEADER);
        List<double[]> events = new ArrayList<>();
        double at = 0;
        for (int number = 0; number < 30_000; number++) {
            at = Math.round((at + random.nextInt(3) * 0.125) * 1e6) / 1e6;
            events.add(new double[] {at, text.length()});
            text.append(number % 2000 == 0 ? event(at, "r", "90x30") : event(at, "o", "l".repeat(random.nextInt(900))));
        }
        Files.writeString(path, text);
        try (CastFile file = new CastFile(path)) {
            for (int round = 0; round < 300; round++) {
                double wanted = random.nextInt((int) at + 20) + (round % 2) * 0.125;
                long expected = events.stream()
                        .filter(each -> each[0] > wanted)
                        .mapToLong(each -> (long) each[1])
                        .findFirst()
                        .orElse(text.length());
                long[] found = file.seek(wanted);
                assertThat(found[0]).as("the first after %s", wanted).isEqualTo(expected);
                assertThat(found[1]).isLessThanOrEqualTo(Math.max(found[0], HEADER.length()));
                boolean whole = found[1] == HEADER.length();
                assertThat(whole || file.line(found[1]).kind().equals("r")).isTrue();
                assertThat(found[0] - found[1]).isLessThanOrEqualTo(8 << 20);
            }
        }
    }

    @Test
    void findsLinesOverTheBordersOfEventsAndOfCallsEachOnce() throws Exception {
        StringBuilder text = new StringBuilder(HEADER);
        int written = 0;
        for (int number = 0; number < 3000; number++) {
            text.append(event(number, "o", "\\u001b[1mThe nee"));
            text.append(event(number + 0.5, "o", "\\u001b]0;title needle\\u0007dle \\u8336 " + number + "x\\b\\r\\n"));
            written++;
        }
        text.append(event(5000, "o", "$ last needle without an end"));
        Files.writeString(path, text);
        try (CastFile file = new CastFile(path)) {
            List<String> lines = new ArrayList<>();
            long at = 0;
            CastSearch.Found found;
            do {
                found = CastSearch.find(file, "NEEDLE", at, 7_777);
                found.hits().forEach(each -> lines.add(each.line()));
                at = found.next();
            } while (!found.last());
            assertThat(lines).hasSize(written + 1).doesNotHaveDuplicates();
            assertThat(lines.get(7)).isEqualTo("The needle \u8336 7");
            assertThat(lines.get(written)).contains("last needle");
            assertThat(CastSearch.find(file, "nowhere", 0, 1L << 30).hits()).isEmpty();
        }
    }

    @Test
    void anEmptyOrForeignFileHasNoEvents() throws Exception {
        for (String text : List.of("", "no end of a line", "\n", "\n\n\n")) {
            Files.writeString(path, text);
            try (CastFile file = new CastFile(path)) {
                assertThat(file.seconds()).isZero();
                assertThat(file.seek(3)[1]).isBetween(0L, (long) text.length());
                assertThat(file.piece(99, 10).last()).isTrue();
                assertThat(CastSearch.find(file, "xx", 0, 100).last()).isTrue();
            }
        }
    }
}
