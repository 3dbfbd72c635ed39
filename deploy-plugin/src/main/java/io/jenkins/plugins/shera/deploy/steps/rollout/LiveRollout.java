package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.Rollout;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.canary.World;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One rollout that this Jenkins drives, round by round, in the name of who started it. */
final class LiveRollout {

    private static final Logger LOGGER = Logger.getLogger(LiveRollout.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MOST_LINES = 1000;
    /** A round that lasts longer waits for a cluster that does not answer. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    /** A gap longer than this over the planned rest (a suspended machine) is not counted as time that passed. */
    private static final long LONGEST_GAP_MILLIS = 60_000;

    private final Rollouts owner;
    private final Connections.Lease lease;
    private final Rollout rollout;
    private final RolloutDiary diary;
    private final RolloutNews news = new RolloutNews();
    private final String actor;
    private final List<String> lines = new ArrayList<>();
    private Schedule schedule;
    private long last = System.nanoTime();
    private long due;
    private volatile long rested;
    private boolean woken;
    /** When the round under way began; 0 between rounds. */
    private long busySince;

    private String problem = "";
    private boolean ended;

    LiveRollout(Rollouts owner, Connections.Lease lease, Rollout rollout) {
        this.owner = owner;
        this.lease = lease;
        this.rollout = rollout;
        this.actor = rollout.plan().startedBy();
        this.diary = new RolloutDiary(rollout.plan());
    }

    void go() {
        schedule =
                Schedules.get().every(TICK, "rollout of " + rollout.plan().subject(), ACL.SYSTEM_USERNAME, this::tick);
    }

    /** Never overlaps with itself; the rollout itself takes one thread at a time. */
    private void tick() {
        long now = System.nanoTime();
        synchronized (this) {
            if (ended || now - due < 0) {
                return;
            }
            woken = false;
            busySince = now;
        }
        long elapsed = Math.min((now - last) / 1_000_000, rested + LONGEST_GAP_MILLIS);
        last = now;
        try (ACLContext ignored = ACL.as2(RolloutIdentity.of(actor))) {
            RolloutStatus before = rollout.status();
            List<String> told = rollout.tick(elapsed);
            RolloutStatus after = rollout.status();
            diary.moved(before, after);
            synchronized (this) {
                problem = "";
                add(told);
                rested = woken ? 0 : rollout.rest(owner.longestRest(lease.isWatching()));
                woken = false;
                due = System.nanoTime() + rested * 1_000_000;
            }
            news.seen(rollout.plan(), after);
            if (after.isOver()) {
                end();
            }
        } catch (RolloutException e) {
            told(e.getMessage());
            if (e.isFenced()) {
                end();
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the rollout of " + rollout.plan().subject() + " waits", e);
            told(e.getMessage() == null ? e.toString() : e.getMessage());
            owner.renew(this, e);
        } finally {
            synchronized (this) {
                busySince = 0;
            }
        }
    }

    /** Something of it may have changed in the cluster, so that it looks at the next tick. */
    synchronized void wake() {
        woken = true;
        due = System.nanoTime();
    }

    private synchronized void told(String trouble) {
        if (!trouble.equals(problem)) {
            add(List.of("Waiting: " + trouble));
        }
        problem = trouble;
        due = System.nanoTime() + 1_000_000_000L;
    }

    private void add(List<String> told) {
        lines.addAll(told);
        while (lines.size() > MOST_LINES) {
            lines.remove(0);
        }
    }

    void command(Verb verb) throws IOException, RolloutException, VerbException {
        rollout.command(verb);
        synchronized (this) {
            due = System.nanoTime();
        }
    }

    RolloutPlan plan() {
        return rollout.plan();
    }

    RolloutStatus status() {
        return rollout.status();
    }

    Optional<World> world() {
        return rollout.world();
    }

    /** What keeps it from going on now, or empty. */
    synchronized String problem() {
        boolean hangs = busySince != 0 && System.nanoTime() - busySince > PATIENCE_NANOS;
        return problem.isEmpty() && hangs
                ? "The cluster " + rollout.plan().subject().cluster() + " does not answer; asking again."
                : problem;
    }

    /** Lines from this one on. */
    synchronized List<String> lines(int from) {
        return from >= lines.size() ? List.of() : List.copyOf(lines.subList(from, lines.size()));
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** No further round; what was done stays. */
    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        if (schedule != null) {
            schedule.cancel();
        }
        owner.ended(this);
        lease.close();
    }
}
