package io.jenkins.plugins.shera.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SchedulesTest {
    private static final Duration SOON = Duration.ofMillis(20);

    @BeforeEach
    void users(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getById("alice", true);
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
    }

    @Test
    void worksAsTheNamedUserAndAsNobodyElse() {
        AtomicReference<String> identity = new AtomicReference<>();

        Schedules.get()
                .after(
                        SOON,
                        "look",
                        "alice",
                        () -> identity.set(Jenkins.getAuthentication2().getName()));
        until(() -> "alice".equals(identity.get()));

        Schedules.get()
                .after(
                        SOON,
                        "look",
                        ACL.SYSTEM_USERNAME,
                        () -> identity.set(Jenkins.getAuthentication2().getName()));
        until(() -> ACL.SYSTEM_USERNAME.equals(identity.get()));
    }

    @Test
    void skipsTheTicksOfAUserWhoIsNotThereAndMakesNobodyUp() {
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();

        Schedule schedule = Schedules.get().every(SOON, "of mallory", "mallory", ran::incrementAndGet);
        Schedule other = Schedules.get().every(SOON, "of alice", "alice", others::incrementAndGet);
        until(() -> others.get() > 5);
        schedule.cancel();
        other.cancel();

        assertThat(ran).hasValue(0);
        assertThat(User.getById("mallory", false)).isNull();
    }

    @Test
    void aRunIsNotOvertakenByTheNextOneAndAFailureDoesNotEndTheRow() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger slow = new AtomicInteger();
        AtomicInteger failing = new AtomicInteger();

        Schedule schedule = Schedules.get().every(SOON, "slow", "alice", () -> {
            slow.incrementAndGet();
            awaitGate(gate);
        });
        Schedule broken = Schedules.get().every(Duration.ofMillis(100), "broken", "alice", () -> {
            failing.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        until(() -> failing.get() > 2 && slow.get() > 0);
        assertThat(slow).hasValue(1);
        gate.countDown();
        until(() -> slow.get() > 1);

        schedule.cancel();
        broken.cancel();
    }

    @Test
    void aCancelledOneRunsNoMore() {
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();

        Schedules.get().every(SOON, "soon over", "alice", ran::incrementAndGet).cancel();
        Schedule other = Schedules.get().every(SOON, "other", "alice", others::incrementAndGet);
        until(() -> others.get() > 5);
        other.cancel();

        assertThat(ran).hasValue(0);
    }

    @Test
    void saysNothingOfTicksThatComeWhileJenkinsGoesDown() {
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger ticks = new AtomicInteger();
        Queue<String> said = new ConcurrentLinkedQueue<>();
        Logger logger = Logger.getLogger(Schedules.class.getName());
        Handler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord line) {
                said.add(line.getMessage());
            }
        };
        logger.addHandler(handler);
        try {
            Schedule schedule = Schedules.get().every(SOON, "of alice", "alice", ran::incrementAndGet);
            until(() -> ran.get() > 0);

            Schedules.stop();
            Future<?> clock = Timer.get()
                    .scheduleWithFixedDelay(ticks::incrementAndGet, 0, SOON.toMillis(), TimeUnit.MILLISECONDS);
            until(() -> ticks.get() > 10);
            clock.cancel(true);
            schedule.cancel();
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(said).isEmpty();
    }

    @Test
    void aPageDoesNotWaitForGoodAndHearsWhatWentWrong() {
        CountDownLatch gate = new CountDownLatch(1);

        assertThat(Schedules.get().<Integer>within(Duration.ofSeconds(60), "here", () -> 42))
                .isEqualTo(42);
        assertThatThrownBy(() -> Schedules.get().within(Duration.ofSeconds(60), "here", () -> {
                    throw new IllegalArgumentException("its own words");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("its own words");
        assertThatThrownBy(() -> Schedules.get().within(SOON, "the cluster east", () -> {
                    awaitGate(gate);
                    return 1;
                }))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the cluster east");
        gate.countDown();
    }

    @Test
    void refusesAPageWhenTooMuchIsWaiting() {
        CountDownLatch gate = new CountDownLatch(1);
        List<Schedule> all = new ArrayList<>();
        try {
            AtomicInteger begun = new AtomicInteger();
            for (int i = 0; i < 1012; i++) {
                all.add(Schedules.get().after(Duration.ZERO, "one of many", "alice", () -> {
                    begun.incrementAndGet();
                    awaitGate(gate);
                }));
            }
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThatThrownBy(
                            () -> Schedules.get().within(SOON, "here", () -> 1))
                    .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.getMessage())
                            .contains("too much background work is waiting")));
        } finally {
            gate.countDown();
            all.forEach(Schedule::cancel);
        }
        until(() -> {
            try {
                return Schedules.get().<Integer>within(Duration.ofSeconds(5), "here", () -> 1) == 1;
            } catch (Refusal e) {
                return false;
            }
        });
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            gate.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
