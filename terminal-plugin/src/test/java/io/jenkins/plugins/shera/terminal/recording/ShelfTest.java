package io.jenkins.plugins.shera.terminal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.terminal.session.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long recordings are kept, and what becomes of those nobody closed. */
class ShelfTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long PLENTY = 64L << 20;

    @TempDir
    Path root;

    private Shelf shelf;

    @BeforeEach
    void shelf() {
        shelf = new Shelf(root.resolve("recordings"));
    }

    private Facts made(String application, Instant begun, int bytes, boolean closed) throws IOException {
        Target target = new Target("retail", application, "prod", "retail", "shop-1", "main");
        Facts facts = Facts.begun(UUID.randomUUID().toString(), target, "ada", begun, 80, 24);
        Recording recording = shelf.begin(facts, PLENTY, Runnable::run);
        recording.output("x".repeat(bytes).getBytes(StandardCharsets.UTF_8));
        if (closed) {
            recording.ended("exit", 0);
            shelf.end(recording);
        }
        return facts;
    }

    @Test
    void takesAwayWhatIsTooOldAndTheOldestWhenAllIsTooLargeButNothingThatGoesOn() throws Exception {
        Facts old = made("shop", NOON.minus(Duration.ofDays(40)), 10, true);
        Facts oldButOpen = made("shop", NOON.minus(Duration.ofDays(41)), 10, false);
        Facts large = made("till", NOON.minus(Duration.ofDays(3)), 600_000, true);
        Facts newer = made("shop", NOON.minus(Duration.ofDays(2)), 600_000, true);
        List<Facts> gone = shelf.sweep(id -> id.equals(oldButOpen.id()), NOON, Duration.ofDays(30), 1_000_000);
        assertThat(gone).extracting(Facts::id).containsExactly(old.id(), large.id());
        assertThat(shelf.of("retail", "shop")).extracting(Facts::id).containsExactly(newer.id(), oldButOpen.id());
        assertThat(shelf.of("retail", "till")).isEmpty();
        assertThat(shelf.cast(large)).doesNotExist();
        assertThat(shelf.sweep(id -> id.equals(oldButOpen.id()), NOON, Duration.ofDays(30), 1_000_000))
                .isEmpty();
    }

    @Test
    void saysThatItWasCutOfWhatACrashLeftOpenAndKnowsItsLengthByTheLastWholeEvent() throws Exception {
        Facts left = made("shop", NOON, 100, false);
        Files.writeString(
                shelf.cast(left), "[12.500000, \"o\", \"last\"]\n[13.0, \"o\", \"to", StandardOpenOption.APPEND);
        shelf.sweep(id -> true, NOON, Duration.ofDays(30), PLENTY);
        assertThat(shelf.find("retail", "shop", left.id()).orElseThrow().isOpen())
                .as("while its session goes on")
                .isTrue();
        shelf.sweep(id -> false, NOON, Duration.ofDays(30), PLENTY);
        Facts cut = shelf.find("retail", "shop", left.id()).orElseThrow();
        assertThat(cut.how()).isEqualTo(Facts.CUT);
        assertThat(cut.seconds()).isEqualTo(12.5);
        assertThat(cut.ended()).isEqualTo(NOON.plusMillis(12_500));
    }

    @Test
    void namesImagesOnceAndFindsNothingByAForgedId() throws Exception {
        Facts facts = made("shop", NOON, 10, true);
        shelf.note(facts, "registry/shop@sha256:1");
        shelf.note(facts, "registry/shop@sha256:1");
        assertThat(shelf.find("retail", "shop", facts.id()).orElseThrow().images())
                .containsExactly("registry/shop@sha256:1");
        assertThat(shelf.find("retail", "till", facts.id())).isEmpty();
        for (String forged : List.of("", "../shop/" + facts.id(), "..", facts.id() + "/x", "-".repeat(36))) {
            assertThat(shelf.find("retail", "shop", forged)).as(forged).isEmpty();
        }
    }

    @Test
    void goesOnBesideFactsThatCannotBeRead() throws Exception {
        Facts good = made("shop", NOON, 10, true);
        Path folder = shelf.cast(good).getParent();
        for (String bad :
                List.of("", "{", "{}", "[1]", "{\"id\":\"x\",\"started\":\"yesterday\"}", "x".repeat(70_000))) {
            Files.writeString(folder.resolve(UUID.randomUUID() + ".json"), bad);
        }
        assertThat(shelf.of("retail", "shop")).extracting(Facts::id).containsExactly(good.id());
    }
}
