package io.jenkins.plugins.shera.monitoring.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private Outbox open() throws IOException {
        return new Outbox(new OutboxFiles(folder));
    }

    private static Delivery news(int number, String receiver) {
        return new Delivery(
                String.format("%064x", number * 31L + receiver.hashCode() % 1000 + 100_000),
                "retail",
                receiver,
                "title " + number,
                "text " + number,
                Map.of("application", "shop"),
                NOW.plusMillis(number).toEpochMilli());
    }

    @Test
    void waitsOnDiskUntilItIsTakenAndIsNeverTakenTwice() throws IOException {
        assertThat(open().add(news(1, "ops"))).isTrue();
        Outbox after = open();
        assertThat(after.add(news(1, "ops"))).isFalse();
        Outbox.Attempt attempt = after.next(NOW).orElseThrow();
        assertThat(attempt.news()).extracting(Delivery::text).containsExactly("text 1");
        assertThat(after.next(NOW)).as("one at a time for a receiver").isEmpty();
        // Killed while it was told: nobody knows whether it came through, so it is told again.
        Outbox killed = open();
        Outbox.Attempt again = killed.next(NOW).orElseThrow();
        assertThat(again.id()).isEqualTo(attempt.id());
        killed.delivered(again, NOW);
        Outbox later = open();
        assertThat(later.next(NOW.plusSeconds(60))).isEmpty();
        assertThat(later.add(news(1, "ops"))).isFalse();
        assertThat(later.state("retail", "ops").result()).isEqualTo(ReceiverState.DELIVERED);
        assertThat(later.state("retail", "ops").title()).isEqualTo("title 1");
        assertThat(later.waiting("retail", "ops")).isZero();
    }

    @Test
    void aMarkWithoutTheEndOfItsNewsIsEnough() throws IOException {
        OutboxFiles files = new OutboxFiles(folder);
        files.told(news(1, "ops"));
        files.write(news(1, "ops"));
        assertThat(open().next(NOW)).isEmpty();
        assertThat(files.waiting()).isEmpty();
    }

    @Test
    void aReceiverThatIsDownIsLeftAloneLongerAndLongerAndHoldsUpNobody() throws IOException {
        Outbox outbox = open();
        outbox.add(news(1, "down"));
        outbox.add(news(2, "ops"));
        Map<String, Integer> tried = new HashMap<>();
        Duration rest = Duration.ZERO;
        Instant now = NOW;
        for (int i = 0; i < 12; i++) {
            Optional<Outbox.Attempt> next = outbox.next(now);
            while (next.isPresent()) {
                tried.merge(next.get().receiver(), 1, Integer::sum);
                if (next.get().receiver().equals("down")) {
                    outbox.failed(next.get(), "answered 500", Duration.ZERO, now);
                } else {
                    outbox.delivered(next.get(), now);
                }
                next = outbox.next(now);
            }
            rest = rest.plusSeconds(60);
            now = now.plusSeconds(60);
        }
        assertThat(tried.get("ops")).isEqualTo(1);
        assertThat(tried.get("down")).isBetween(4, 9);
        assertThat(outbox.state("retail", "down").result()).isEqualTo(ReceiverState.FAILING);
        assertThat(outbox.state("retail", "down").why()).isEqualTo("answered 500");
        outbox.hurry("retail");
        assertThat(outbox.next(now)).isPresent();
    }

    @Test
    void waitsAsLongAsTheReceiverAsked() throws IOException {
        Outbox outbox = open();
        outbox.add(news(1, "ops"));
        outbox.failed(outbox.next(NOW).orElseThrow(), "answered 429", Duration.ofMinutes(2), NOW);
        assertThat(outbox.next(NOW.plusSeconds(119))).isEmpty();
        assertThat(outbox.next(NOW.plusSeconds(121))).isPresent();
    }

    @Test
    void whatNobodyTookForADayIsGivenUpAloud() throws IOException {
        Outbox outbox = open();
        outbox.add(news(1, "ops"));
        Instant late = NOW.plus(Duration.ofHours(25));
        List<Delivery> lost = outbox.failed(outbox.next(late).orElseThrow(), "answered 500", Duration.ZERO, late);
        assertThat(lost).extracting(Delivery::title).containsExactly("title 1");
        assertThat(outbox.state("retail", "ops").result()).isEqualTo(ReceiverState.LOST);
        assertThat(open().next(late.plusSeconds(3600))).isEmpty();
    }

    @Test
    void aStormIsSaidInFewMessagesAndSlowly() throws IOException {
        Outbox outbox = open();
        for (int i = 0; i < 200; i++) {
            outbox.add(news(i, "ops"));
        }
        int messages = 0;
        int told = 0;
        Instant now = NOW;
        while (outbox.waiting("retail", "ops") > 0) {
            Outbox.Attempt attempt = outbox.next(now).orElseThrow();
            assertThat(attempt.text(2000).getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(2000);
            messages++;
            told += attempt.news().size();
            outbox.delivered(attempt, now);
            assertThat(outbox.next(now)).as("twenty a minute at most").isEmpty();
            now = now.plusSeconds(3);
        }
        assertThat(told).isEqualTo(200);
        assertThat(messages).isEqualTo(10);
    }

    @Test
    void saysALineEachWhenManyWaitAndCountsWhatDoesNotFit() {
        Outbox.Attempt many = new Outbox.Attempt("retail", "ops", List.of(news(1, "ops"), news(2, "ops")));
        assertThat(many.text(2000)).isEqualTo("title 1\ntitle 2");
        assertThat(many.text(20)).isEqualTo("title 1\n(+1)");
    }

    @Test
    void forgetsWhatWasToldLongAgoAndLeavesWhatItCannotRead() throws IOException {
        OutboxFiles files = new OutboxFiles(folder);
        files.told(news(1, "ops"));
        files.told(news(2, "ops"));
        Files.setLastModifiedTime(
                folder.resolve("told").resolve(news(1, "ops").id()),
                FileTime.from(Instant.now().minus(Duration.ofDays(15))));
        Files.createDirectories(folder.resolve("waiting"));
        Files.writeString(folder.resolve("waiting/broken.json"), "{\"id\":");
        open();
        assertThat(files.isTold(news(1, "ops"))).isFalse();
        assertThat(files.isTold(news(2, "ops"))).isTrue();
        assertThat(folder.resolve("waiting/broken.json")).exists();
    }
}
