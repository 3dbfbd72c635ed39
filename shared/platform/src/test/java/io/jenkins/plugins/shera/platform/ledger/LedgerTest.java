package io.jenkins.plugins.shera.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path folder;

    @Test
    void givesTheNewestFirstPageByPage() throws IOException {
        Ledger ledger = new Ledger(folder, "audit", 1 << 20);
        for (int i = 1; i <= 5; i++) {
            ledger.append(line("n" + i));
        }

        LedgerPage first = ledger.page(Long.MAX_VALUE, 2, line -> true);
        LedgerPage second = ledger.page(first.next(), 2, line -> true);
        LedgerPage third = ledger.page(second.next(), 2, line -> true);

        assertThat(names(first)).containsExactly("n5", "n4");
        assertThat(names(second)).containsExactly("n3", "n2");
        assertThat(names(third)).containsExactly("n1");
        assertThat(third.next()).isNull();
    }

    @Test
    void keepsItsNumbersAcrossRestartsAndRotation() throws IOException {
        new Ledger(folder, "audit", 1).append(line("a"));
        new Ledger(folder, "audit", 1).append(line("b"));
        long id = new Ledger(folder, "audit", 1).append(line("c"));

        assertThat(id).isEqualTo(3);
        assertThat(folder.toFile().list()).hasSize(3);
        assertThat(names(new Ledger(folder, "audit", 1).page(Long.MAX_VALUE, 10, line -> true)))
                .containsExactly("c", "b", "a");
    }

    @Test
    void losesNothingOfAThreadThatIsBeingStopped() throws IOException {
        Thread.currentThread().interrupt();
        try {
            new Ledger(folder, "audit", 1 << 20).append(line("begun"));
            Ledger again = new Ledger(folder, "audit", 1 << 20);
            again.append(line("stopped"));
            assertThat(names(again.page(Long.MAX_VALUE, 10, line -> true))).containsExactly("stopped", "begun");
            assertThat(Thread.currentThread().isInterrupted())
                    .as("whoever stops the thread still does")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void survivesACrashInMidWrite() throws IOException {
        Ledger before = new Ledger(folder, "audit", 1 << 20);
        before.append(line("whole"));
        Files.writeString(
                folder.resolve("audit.jsonl"),
                "{\"name\":\"torn\",\"id",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);

        Ledger after = new Ledger(folder, "audit", 1 << 20);
        long id = after.append(line("next"));

        LedgerPage page = after.page(Long.MAX_VALUE, 10, line -> true);
        assertThat(id).isEqualTo(2);
        assertThat(names(page)).containsExactly("next", "whole");
        assertThat(page.damaged()).isEqualTo(1);
    }

    @Test
    void survivesEveryTornLengthOfALine() throws IOException {
        String whole = "{\"name\":\"torn \u00e9\",\"id\":7}\n";
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < bytes.length; length++) {
            Path each = Files.createDirectory(folder.resolve("cut" + length));
            Files.write(each.resolve("audit.jsonl"), java.util.Arrays.copyOf(bytes, length));
            Ledger ledger = new Ledger(each, "audit", 1 << 20);

            ledger.append(line("after"));

            assertThat(names(ledger.page(Long.MAX_VALUE, 10, line -> true))).startsWith("after");
        }
    }

    @Test
    void losesNothingWhenManyWriteAtOnce() throws Exception {
        Ledger ledger = new Ledger(folder, "audit", 512);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Long>> writes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                writes.add(() -> ledger.append(line("x")));
            }
            List<Long> ids = new ArrayList<>();
            for (Future<Long> write : pool.invokeAll(writes)) {
                ids.add(write.get());
            }

            assertThat(ids).doesNotHaveDuplicates();
            assertThat(ledger.page(Long.MAX_VALUE, 1000, line -> true).lines()).hasSize(200);
        } finally {
            pool.shutdownNow();
        }
    }

    private static ObjectNode line(String name) {
        return JsonNodeFactory.instance.objectNode().put("name", name);
    }

    private static List<String> names(LedgerPage page) {
        return page.lines().stream()
                .map((JsonNode line) -> line.path("name").asText())
                .toList();
    }
}
