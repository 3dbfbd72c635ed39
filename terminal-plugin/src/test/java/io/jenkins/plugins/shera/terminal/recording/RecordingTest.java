package io.jenkins.plugins.shera.terminal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import io.jenkins.plugins.shera.terminal.session.Viewer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written while a session goes on, and what becomes of the session when it cannot be. */
class RecordingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PLENTY = 64L << 20;

    @TempDir
    Path root;

    private final String id = UUID.randomUUID().toString();
    private final Target target = new Target("retail", "shop", "prod", "retail", "shop-1", "main");

    private Facts facts() {
        return Facts.begun(id, target, "ada", Instant.parse("2026-01-01T12:00:00.5Z"), 132, 43);
    }

    private Recording begin(long most, Executor writer) throws IOException {
        return new Shelf(root).begin(facts(), most, writer);
    }

    private Path cast() {
        return new Shelf(root).cast(facts());
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : Files.readString(cast()).split("\n")) {
            all.add(JSON.readTree(line));
        }
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void writesAnAsciicastThatOnlyJenkinsCanReadAndCutsNoCharacter() throws Exception {
        Recording recording = begin(PLENTY, Runnable::run);
        byte[] tea = bytes("caf\u00e9 \u8336 \ud83c\udf75\r\n");
        for (byte each : tea) {
            recording.output(new byte[] {each});
        }
        recording.resized(132, 43);
        recording.resized(100, 30);
        recording.output(new byte[] {'a', (byte) 0xff, 0, 27, '[', 'm', (byte) 0xe8});
        recording.ended("exit", 3);
        assertThat(recording.closed()).isCompletedWithValue("");
        List<JsonNode> lines = lines();
        assertThat(lines.get(0).path("version").asInt()).isEqualTo(2);
        assertThat(lines.get(0).path("width").asInt()).isEqualTo(132);
        assertThat(lines.get(0).path("height").asInt()).isEqualTo(43);
        assertThat(lines.get(0).path("timestamp").asLong()).isEqualTo(1767268800L);
        StringBuilder shown = new StringBuilder();
        List<String> others = new ArrayList<>();
        double last = 0;
        for (JsonNode event : lines.subList(1, lines.size())) {
            assertThat(event.path(0).asDouble()).isGreaterThanOrEqualTo(last);
            last = event.path(0).asDouble();
            if (event.path(1).asText().equals("o")) {
                shown.append(event.path(2).asText());
            } else {
                others.add(event.path(1).asText() + event.path(2).asText());
            }
        }
        assertThat(shown).hasToString("caf\u00e9 \u8336 \ud83c\udf75\r\na\ufffd\0\u001b[m\ufffd");
        assertThat(others).containsExactly("r100x30", "mend: exit 3");
        for (Path file : List.of(cast(), cast().resolveSibling(id + ".json"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cast().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void endsTheSessionWhenItsFileIsFullAndSaysSoInIt() throws Exception {
        Recording recording = begin(64 * 1024, Runnable::run);
        Tab tab = new Tab();
        TerminalSession session = new TerminalSession(id, "ada", target, Clock.systemUTC(), recording);
        session.attach(tab, 0);
        CompletionStage<?> last = null;
        for (int round = 0; round < 100 && !session.isEnded(); round++) {
            last = session.output(false, ByteBuffer.wrap(bytes("x".repeat(1000))));
        }
        assertThat(tab.end).isEqualTo("full");
        assertThat(session.output(false, ByteBuffer.wrap(bytes("not kept"))).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(last).isNotNull();
        assertThat(Files.size(cast())).isLessThanOrEqualTo(64 * 1024);
        List<JsonNode> lines = lines();
        assertThat(lines.get(lines.size() - 1).path(2).asText()).isEqualTo("end: full");
        assertThat(Files.readString(cast())).doesNotContain("not kept");
        assertThat(recording.over().how()).isEqualTo("full");
    }

    @Test
    void endsTheSessionWhenTheFileCannotBeWrittenAndLeavesWholeLines() throws Exception {
        boolean[] failing = {false};
        Recording recording = begin(PLENTY, work -> {
            if (failing[0]) {
                Thread.currentThread().interrupt();
            }
            work.run();
            Thread.interrupted();
        });
        Tab tab = new Tab();
        TerminalSession session = new TerminalSession(id, "ada", target, Clock.systemUTC(), recording);
        session.attach(tab, 0);
        session.output(false, ByteBuffer.wrap(bytes("kept")));
        failing[0] = true;
        session.output(false, ByteBuffer.wrap(bytes("lost")));
        assertThat(session.isEnded()).isTrue();
        assertThat(tab.end).isEqualTo("unrecorded");
        assertThat(recording.closed().join()).isNotEmpty();
        assertThat(lines()).hasSize(2);
        assertThat(recording.over().how()).isEqualTo("unrecorded");
    }

    @Test
    void holdsTheShellBackWhileTheDiskIsSlowAndKeepsTheOrder() throws Exception {
        Deque<Runnable> work = new ArrayDeque<>();
        Recording recording = begin(PLENTY, work::add);
        int pieces = 0;
        CompletionStage<?> stage = recording.output(bytes("0\n"));
        while (stage.toCompletableFuture().isDone()) {
            pieces++;
            stage = recording.output(bytes(pieces + "\n" + "y".repeat(8000)));
        }
        assertThat(pieces).as("pieces that wait").isLessThan(40);
        assertThat(work).hasSize(1);
        assertThat(recording.isLate()).isFalse();
        while (!work.isEmpty()) {
            work.remove().run();
        }
        assertThat(stage.toCompletableFuture()).isCompleted();
        recording.ended("killed", ExecEnd.UNKNOWN);
        while (!work.isEmpty()) {
            work.remove().run();
        }
        assertThat(recording.closed()).isCompletedWithValue("");
        StringBuilder numbers = new StringBuilder();
        lines().forEach(each -> numbers.append(each.path(2).asText().replace("y", "")));
        StringBuilder expected = new StringBuilder();
        for (int each = 0; each <= pieces; each++) {
            expected.append(each).append('\n');
        }
        assertThat(numbers.toString()).isEqualTo(expected + "end: killed");
    }

    @Test
    void beginsNoneWhereNothingCanBeWritten() throws Exception {
        Files.writeString(root.resolve("retail"), "a file where the folder should be");
        assertThatThrownBy(() -> begin(PLENTY, Runnable::run)).isInstanceOf(IOException.class);
    }

    @Test
    void repeatsTheSizeSoThatAReaderMayBeginAnywhere() throws Exception {
        Recording recording = begin(PLENTY, Runnable::run);
        for (int round = 0; round < 400; round++) {
            recording.output(bytes("z".repeat(10_000)));
        }
        recording.ended("exit", 0);
        assertThat(lines().stream().filter(each -> each.path(1).asText().equals("r")))
                .hasSizeBetween(3, 4)
                .allSatisfy(each -> assertThat(each.path(2).asText()).isEqualTo("132x43"));
    }

    private static final class Tab implements Viewer {
        private String end = "";

        @Override
        public void begin(long offset, long seen) {
            // nothing to show
        }

        @Override
        public void output(ByteBuffer data) {
            // nothing to show
        }

        @Override
        public void end(String code, int exitCode, String message) {
            end = code;
        }
    }
}
