package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.analysis.Measurement;
import io.jenkins.plugins.shera.deploy.analysis.Measurer;
import io.jenkins.plugins.shera.deploy.analysis.Sample;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.platform.traffic.StaleGenerationException;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drives one recorded rollout: reads, decides, acts, saves. One thread at a time; whoever is fenced by a later driver gets an exception
 * and has changed nothing. The truth is in the cluster: what stands here is a copy that every tick reads again.
 */
public final class Rollout {

    /**
     * A round that changes nothing saves the counted time after so long, so that a crash loses no more of a pause; after up to twice as long
     * where many rollouts share an API server. A rest without rounds loses no more than the rest.
     */
    private static final long SAVE_MILLIS = 30_000;

    private static final long UNEXPLAINED_MILLIS = 2_000;
    private static final int MOST_DECISIONS = 5;

    private final KubeApi api;
    private final RolloutStore store;
    private final TrafficControl router;
    private final Measurer measurer;
    private final String holder;
    private final int port;
    private volatile RolloutPlan plan;
    private volatile RolloutStatus status;
    private String version;
    private long savedPassed;
    private boolean calm;
    private long longestRest;
    private volatile World seen;

    /**
     * Goes on from a record that is trusted.
     *
     * @param holder names this running Jenkins; different after every start
     */
    public Rollout(
            KubeApi api,
            RolloutStore store,
            TrafficControl router,
            Measurer measurer,
            String holder,
            RolloutRecord record)
            throws KubeException {
        this.api = api;
        this.store = store;
        this.router = router;
        this.measurer = measurer;
        this.holder = holder;
        take(record);
        this.port = Ports.of(api, plan.subject());
    }

    private void take(RolloutRecord record) {
        plan = record.plan();
        status = record.status();
        version = record.version();
        savedPassed = status.passed;
    }

    /** What it is to do. */
    public RolloutPlan plan() {
        return plan;
    }

    /** How far it is, as of the last tick; never changed afterwards. Waits for nobody, as all that only looks. */
    public RolloutStatus status() {
        return status.copy();
    }

    /** What was read from the cluster in the last round, if there was one. */
    public Optional<World> world() {
        return Optional.ofNullable(seen);
    }

    /** Makes us the one who drives it, unless we are already: whoever did before is fenced by the higher generation. */
    public synchronized void claim() throws KubeException, RolloutException {
        refresh(false);
        if (!status.holder.equals(holder)) {
            RolloutStatus claimed = status.copy();
            claimed.holder = holder;
            claimed.generation++;
            save(claimed);
        }
    }

    /**
     * One round.
     *
     * @param elapsed milliseconds since the round before, in this process; counts for pauses and deadlines
     * @return lines for people
     * @throws RolloutException when somebody else drives it now
     * @throws IOException when the cluster, or what splits traffic, did not do its share; the next round tries again
     */
    public synchronized List<String> tick(long elapsed) throws IOException, RolloutException {
        List<String> lines = new ArrayList<>(refresh(true));
        if (status.isOver()) {
            return lines;
        }
        TrafficTarget target = target();
        try {
            World world = new Observer(api, plan).look(router, target, isToExplain());
            seen = world;
            Decision decision = decide(world, elapsed, lines);
            RolloutStatus next = decision.status();
            Hands hands = new Hands(api, plan, router, target);
            for (Act act : decision.acts()) {
                if (act instanceof Act.Measure measure) {
                    measure(next, measure.step()).ifPresent(lines::add);
                } else {
                    hands.carryOut(act);
                    next.evidence |= act instanceof Act.KeepEvidence;
                }
            }
            calm = decision.acts().isEmpty() && (next.reached || next.isOver());
            keep(next);
        } catch (StaleGenerationException e) {
            throw RolloutException.fenced(e.getMessage(), e);
        } catch (KubeException e) {
            if (e.kind() == Kind.CONFLICT) {
                // Read again in the next round; everything that was done can be done again.
                calm = false;
                return lines;
            }
            throw e;
        }
        return lines;
    }

    /** Pods take a moment to be ready, which needs no explanation. */
    private boolean isToExplain() {
        boolean under = status.phase == Phase.PROGRESSING || status.phase == Phase.PROMOTING;
        return !under || status.stuck >= UNEXPLAINED_MILLIS;
    }

    /** What was read just now may let more than one thing be decided: a step that ends, and what the next one asks for. */
    private Decision decide(World world, long elapsed, List<String> lines) {
        Decision decision = Machine.next(plan, status, world, elapsed);
        lines.addAll(decision.lines());
        ObjectNode before = withoutTime(status);
        for (int more = 0; more < MOST_DECISIONS && decision.acts().isEmpty(); more++) {
            ObjectNode now = withoutTime(decision.status());
            if (now.equals(before) || decision.status().isOver()) {
                break;
            }
            before = now;
            decision = Machine.next(plan, decision.status(), world, 0);
            lines.addAll(decision.lines());
        }
        return decision;
    }

    private void keep(RolloutStatus next) throws KubeException {
        boolean moved = !withoutTime(next).equals(withoutTime(status));
        if (moved) {
            boolean turned = next.phase != status.phase || next.step != status.step || next.settled;
            next.changedAt = turned ? Instant.now().toString() : next.changedAt;
            save(next);
        } else if (Math.abs(next.passed - savedPassed) >= saveMillis()) {
            save(next);
        } else {
            status = next;
        }
    }

    private long saveMillis() {
        return Math.max(SAVE_MILLIS, Math.min(longestRest, 2 * SAVE_MILLIS));
    }

    private static ObjectNode withoutTime(RolloutStatus status) {
        ObjectNode json = status.toJson();
        json.remove(List.of("passed", "stuck", "replaced", "changedAt"));
        return json;
    }

    private Optional<String> measure(RolloutStatus next, int step) {
        PlanStep.Analyse analyse = (PlanStep.Analyse) plan.steps().get(step);
        Measurement measurement;
        try {
            String run = next.generation + "-" + step + "-" + next.tally(step).total();
            Optional<Sample> sample = measurer.measure(analyse.spec(), run);
            if (sample.isEmpty()) {
                return Optional.empty();
            }
            measurement = Measurement.of(analyse.spec(), sample.get(), Instant.now());
        } catch (IOException | RuntimeException e) {
            measurement = Measurement.error(Instant.now(), String.valueOf(e.getMessage()));
        }
        next.put(next.tally(step).with(measurement));
        return Optional.of("Measured " + analyse.spec().what() + ": "
                + measurement.verdict().text() + ", " + measurement.text());
    }

    /** A person's word; it is saved before this returns, and the next round acts on it. */
    public synchronized void command(Verb verb) throws IOException, RolloutException, VerbException {
        for (int attempt = 0; ; attempt++) {
            refresh(false);
            RolloutStatus next = Verbs.apply(plan, status, verb);
            if (next.phase.isEnd() && next.phase == status.phase && verb.kind() == Verb.Kind.ABORT) {
                return;
            }
            next.changedAt = Instant.now().toString();
            if (!next.holder.equals(holder)) {
                next.holder = holder;
                next.generation++;
            }
            try {
                calm = false;
                save(next);
                return;
            } catch (KubeException e) {
                if (e.kind() != Kind.CONFLICT || attempt >= 4) {
                    throw e;
                }
            }
        }
    }

    /** Reads the record again; what was deleted or edited by others is put back from memory. */
    private List<String> refresh(boolean driving) throws KubeException, RolloutException {
        Optional<RolloutRecord> found = store.load();
        if (found.isEmpty()) {
            version = store.save(plan, status, "");
            return List.of("The record of the rollout was deleted by somebody; it was written again.");
        }
        RolloutRecord record = found.get();
        if (record.version().equals(version)) {
            return List.of();
        }
        if (!record.trusted()) {
            version = store.save(plan, status, record.version());
            return List.of("The record of the rollout was edited by somebody; it was put back.");
        }
        boolean other = !record.plan().id().equals(plan.id());
        if (other || driving && !record.status().holder.equals(holder)) {
            throw RolloutException.fenced(
                    "The rollout of " + plan.subject()
                            + " is driven by another Jenkins or was followed by another rollout" + " (generation "
                            + record.status().generation + "). This one does no more.",
                    null);
        }
        take(record);
        return List.of();
    }

    private void save(RolloutStatus next) throws KubeException {
        version = store.save(plan, next, version);
        status = next;
        savedPassed = next.passed;
    }

    private TrafficTarget target() {
        Subject subject = plan.subject();
        return new TrafficTarget(
                subject.tenant(),
                subject.application(),
                subject.environment(),
                subject.cluster(),
                subject.namespace(),
                subject.application(),
                subject.canary(),
                port,
                plan.id(),
                status.generation,
                api);
    }

    /**
     * Milliseconds until the next round can change anything, at most {@code longest}.
     *
     * @param longest how long we may be blind for what happens in the cluster while nothing is due
     */
    public synchronized long rest(long longest) {
        longestRest = longest;
        if (!calm || status.isOver()) {
            return 0;
        }
        long left = longest;
        if (status.phase == Phase.PROGRESSING && status.step < plan.steps().size()) {
            PlanStep step = plan.steps().get(status.step);
            if (step instanceof PlanStep.Pause pause && pause.seconds() > 0) {
                left = pause.seconds() * 1000 - status.passed;
            } else if (step instanceof PlanStep.Analyse analyse) {
                long due = analyse.spec().intervalSeconds()
                        * 1000L
                        * (status.tally(status.step).total() + 1);
                left = due - status.passed;
            } else {
                left = 0;
            }
        }
        return Math.max(0, Math.min(left, longest));
    }
}
