package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LaneTest {
    @Test
    void aBurstOfEventsMakesFewRunsAndTheLastEventIsNeverLost() {
        AtomicInteger value = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        Duration interval = Duration.ofMillis(100);
        long begun = System.nanoTime();
        try (Lane lane = new Lane("test", interval, () -> {
            runs.incrementAndGet();
            seen.set(value.get());
            return true;
        })) {
            lane.start();
            for (int i = 0; i < 200_000; i++) {
                value.incrementAndGet();
                lane.ask();
            }
            await().until(() -> seen.get() == 200_000);
            int counted = runs.get();
            long elapsed = System.nanoTime() - begun;
            assertThat((long) counted).isLessThanOrEqualTo(elapsed / interval.toNanos() + 1);
        }
    }

    @Test
    void whatFailedIsTriedAgainWithoutBeingAsked() {
        AtomicInteger runs = new AtomicInteger();
        try (Lane lane = new Lane("test", Duration.ofMillis(1), () -> runs.incrementAndGet() > 1)) {
            lane.start();
            await().until(() -> runs.get() == 2);
        }
    }
}
