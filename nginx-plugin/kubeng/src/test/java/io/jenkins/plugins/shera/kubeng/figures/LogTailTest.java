package io.jenkins.plugins.shera.kubeng.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    private Path log() {
        return folder.resolve("shera.log");
    }

    private void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void beginsAtTheEndAndWaitsForTheRestOfALine() throws IOException {
        append(log(), "old\n");
        try (LogTail tail = new LogTail(log())) {
            tail.look(lines::add);
            append(log(), "one\ntw");
            tail.look(lines::add);
            assertThat(lines).containsExactly("one");
            append(log(), "o\n");
            tail.look(lines::add);
            assertThat(lines).containsExactly("one", "two");
        }
    }

    @Test
    void losesNothingWhenTheFileIsRenamedAndMadeAnew() throws IOException {
        append(log(), "");
        try (LogTail tail = new LogTail(log())) {
            tail.look(lines::add);
            Path rotated = folder.resolve("shera.log.1");
            Files.move(log(), rotated);
            append(rotated, "still the old\n");
            tail.look(lines::add);
            append(rotated, "the last of it\n");
            append(log(), "the new\n");
            tail.look(lines::add);
            assertThat(lines).containsExactly("still the old", "the last of it", "the new");
        }
    }

    @Test
    void goesOnAfterTruncationAndReadsAFileThatComesLaterFromItsBeginning() throws IOException {
        try (LogTail tail = new LogTail(log())) {
            assertThat(tail.look(lines::add)).isFalse();
            append(log(), "first\nsecond\n");
            assertThat(tail.look(lines::add)).isTrue();
            Files.writeString(log(), "third\n");
            tail.look(lines::add);
            assertThat(lines).containsExactly("first", "second", "third");
        }
    }

    @Test
    void leavesOutALineThatIsTooLongAndTakesTheNext() throws IOException {
        append(log(), "");
        try (LogTail tail = new LogTail(log())) {
            tail.look(lines::add);
            append(log(), "x".repeat(200_000) + "\nafter\n");
            tail.look(lines::add);
            assertThat(lines).containsExactly("after");
        }
    }
}
