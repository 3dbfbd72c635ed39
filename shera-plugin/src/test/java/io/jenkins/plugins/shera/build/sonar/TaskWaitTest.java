package io.jenkins.plugins.shera.build.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskWaitTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private boolean signal;

    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private ComputeTask await(Duration time, Object... answers) throws Exception {
        Iterator<Object> next = List.of(answers).iterator();
        return new TaskWait(
                        id -> {
                            Object answer = next.hasNext() ? next.next() : answers[answers.length - 1];
                            if (answer instanceof SonarException problem) {
                                throw problem;
                            }
                            return new ComputeTask(id, answer.toString(), "shop", "", "A", Instant.EPOCH, "");
                        },
                        longest -> {
                            pauses.add(longest);
                            now = now.plus(longest);
                            return signal;
                        },
                        clock,
                        log::add)
                .await("T", now.plus(time));
    }

    @Test
    void looksLessAndLessOftenAndNeverBeyondTheDeadline() {
        assertThatThrownBy(() -> await(Duration.ofMinutes(30), "PENDING"))
                .hasMessageContaining("task T is still PENDING");
        assertThat(pauses.get(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pauses)
                .isSortedAccordingTo((a, b) -> pauses.lastIndexOf(b) == pauses.size() - 1 ? 0 : a.compareTo(b));
        assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(30)) <= 0);
        assertThat(now).isEqualTo(Instant.EPOCH.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aSignalBeginsAnew() throws Exception {
        signal = true;
        assertThat(await(Duration.ofMinutes(1), "PENDING", "IN_PROGRESS", "PENDING", "SUCCESS")
                        .isGood())
                .isTrue();
        assertThat(pauses).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    void aServerThatIsAwayForAWhileIsAskedAgainAndARefusalIsNot() throws Exception {
        SonarException down = new SonarException(SonarException.Kind.DOWN, "away.");
        assertThat(await(Duration.ofMinutes(1), "PENDING", down, down, "FAILED").isGood())
                .isFalse();
        assertThat(log)
                .containsExactly("away. Asking again until the time for it is over.", "SonarQube answers again.");
        assertThatThrownBy(() -> await(Duration.ofMinutes(1), down)).hasMessageContaining("was down until the time");
        SonarException denied = new SonarException(SonarException.Kind.DENIED, "no.");
        assertThatThrownBy(() -> await(Duration.ofMinutes(1), "PENDING", denied))
                .isSameAs(denied);
    }
}
