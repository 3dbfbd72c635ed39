package io.jenkins.plugins.shera.build.sonar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Waits until a task is over: looks again and again with growing pauses, and at once when a signal comes. A signal is never
 * believed, it only says when to look, so a lost, early, repeated or forged one does no harm.
 */
public final class TaskWait {
    private static final int MOST_UNKNOWN = 5;

    /** Where a task is looked up. */
    @FunctionalInterface
    public interface Lookup {
        /** The task as it stands now. */
        ComputeTask task(String id) throws SonarException, InterruptedException;
    }

    /** Waits for a signal about the task, at most so long. */
    @FunctionalInterface
    public interface Pause {
        /** Whether a signal came. */
        boolean await(Duration longest) throws InterruptedException;
    }

    private final Lookup lookup;
    private final Pause pause;
    private final Clock clock;
    private final Consumer<String> log;

    /** {@code log} gets a line when the server goes away and when it is back. */
    public TaskWait(Lookup lookup, Pause pause, Clock clock, Consumer<String> log) {
        this.lookup = lookup;
        this.pause = pause;
        this.clock = clock;
        this.log = log;
    }

    /** The task when it is over; by the deadline it is a {@link SonarException} of kind {@code DOWN}, whatever the reason. */
    public ComputeTask await(String id, Instant deadline) throws SonarException, InterruptedException {
        Backoff backoff = new Backoff();
        int unknown = 0;
        SonarException away = null;
        String status = "PENDING";
        while (true) {
            try {
                ComputeTask task = lookup.task(id);
                if (away != null) {
                    log.accept("SonarQube answers again.");
                    away = null;
                }
                status = task.status();
                if (task.isOver()) {
                    return task;
                }
            } catch (SonarException e) {
                boolean passing = e.kind() == SonarException.Kind.DOWN
                        || e.kind() == SonarException.Kind.UNKNOWN && ++unknown < MOST_UNKNOWN;
                if (!passing) {
                    throw e;
                }
                if (away == null) {
                    log.accept(e.getMessage() + " Asking again until the time for it is over.");
                }
                away = e;
            }
            Duration left = Duration.between(clock.instant(), deadline);
            if (left.isNegative() || left.isZero()) {
                throw late(id, status, away);
            }
            Duration next = backoff.next();
            if (pause.await(next.compareTo(left) < 0 ? next : left)) {
                backoff.reset();
            }
        }
    }

    private static SonarException late(String id, String status, SonarException away) {
        if (away != null) {
            return new SonarException(
                    SonarException.Kind.DOWN,
                    "SonarQube was down until the time to wait for it was over, so there is no word on the quality gate. "
                            + away.getMessage(),
                    away);
        }
        return new SonarException(
                SonarException.Kind.DOWN,
                "SonarQube has not worked off the analysis in time (task " + id + " is still " + status
                        + "), so there is no word on the quality gate: look at its background tasks, or give a longer timeout.");
    }
}
