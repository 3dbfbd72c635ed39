package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.analysis.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a rollout is. Nobody outside this package changes one; the machine works on a copy. Times are counted by the engine while it
 * runs and sees the cluster, so time with Jenkins down is in none of them.
 */
public final class RolloutStatus {

    Phase phase = Phase.INITIALIZED;
    boolean settled;
    int step;
    /** Whether what the step asks for was seen to be served. */
    boolean reached;
    /** Milliseconds since the step was reached, or since traffic left the canary. */
    long passed;
    /** Milliseconds since the cluster last was as it should be. */
    long stuck;
    /** How many pods were seen to serve in the places of others. */
    int replaced;
    /** Weight set by hand while paused, or -1. */
    int weight = -1;

    String reason = "";
    String waitsFor = "";
    boolean begun;
    /** How often it was begun again after an abort. */
    int attempt;

    boolean promoted;
    boolean canaryMade;
    String canaryHash = "";
    boolean evidence;
    long generation;
    String holder = "";
    String startedAt = "";
    String changedAt = "";
    String changedBy = "";
    String approvedBy = "";
    /** What its release set decided: promote, abort, or nothing yet. */
    String decision = "";

    List<Tally> tallies = new ArrayList<>();

    RolloutStatus copy() {
        return of(toJson());
    }

    /** As it stands in the cluster. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("phase", phase.text())
                .put("settled", settled)
                .put("step", step)
                .put("reached", reached);
        json.put("passed", passed).put("stuck", stuck).put("weight", weight).put("replaced", replaced);
        json.put("reason", reason).put("waitsFor", waitsFor).put("begun", begun).put("promoted", promoted);
        json.put("canaryMade", canaryMade).put("canaryHash", canaryHash).put("evidence", evidence);
        json.put("generation", generation).put("holder", holder).put("startedAt", startedAt);
        json.put("changedAt", changedAt).put("changedBy", changedBy).put("approvedBy", approvedBy);
        json.put("decision", decision).put("attempt", attempt);
        tallies.forEach(tally -> json.withArrayProperty("tallies").add(tally.toJson()));
        return json;
    }

    /** What {@link #toJson} wrote. */
    public static RolloutStatus of(JsonNode json) {
        RolloutStatus status = new RolloutStatus();
        status.phase = Phase.of(json.path("phase").asText());
        status.settled = json.path("settled").asBoolean();
        status.step = json.path("step").asInt();
        status.reached = json.path("reached").asBoolean();
        status.passed = json.path("passed").asLong();
        status.stuck = json.path("stuck").asLong();
        status.replaced = json.path("replaced").asInt();
        status.weight = json.path("weight").asInt(-1);
        status.reason = json.path("reason").asText();
        status.waitsFor = json.path("waitsFor").asText();
        status.begun = json.path("begun").asBoolean();
        status.promoted = json.path("promoted").asBoolean();
        status.canaryMade = json.path("canaryMade").asBoolean();
        status.canaryHash = json.path("canaryHash").asText();
        status.evidence = json.path("evidence").asBoolean();
        status.generation = json.path("generation").asLong();
        status.holder = json.path("holder").asText();
        status.startedAt = json.path("startedAt").asText();
        status.changedAt = json.path("changedAt").asText();
        status.changedBy = json.path("changedBy").asText();
        status.approvedBy = json.path("approvedBy").asText();
        status.decision = json.path("decision").asText();
        status.attempt = json.path("attempt").asInt();
        json.path("tallies").forEach(tally -> status.tallies.add(Tally.of(tally)));
        return status;
    }

    /** Where it stands. */
    public Phase phase() {
        return phase;
    }

    /** Whether it has ended and nothing of it is left to do. */
    public boolean isOver() {
        return phase.isEnd() && settled;
    }

    /** Index of the step under way; the number of steps when all are done. */
    public int step() {
        return step;
    }

    /** Whether what the step asks for is served. */
    public boolean isReached() {
        return reached;
    }

    /** Milliseconds that count for the pause or analysis under way. */
    public long passed() {
        return passed;
    }

    /** The weight set by hand, or -1. */
    public int weight() {
        return weight;
    }

    /** Why it is paused, aborted or degraded; for people, may be empty. */
    public String reason() {
        return reason;
    }

    /** {@code promote}, {@code resume}, {@code approval}, or empty when it waits for nobody. */
    public String waitsFor() {
        return waitsFor;
    }

    /** Whether promotion has begun, so that going back means to release the revision before again. */
    public boolean isBegun() {
        return begun;
    }

    /** How often it was begun again after an abort. */
    public int attempt() {
        return attempt;
    }

    /** Grows with every rollout of the application and with every change of who drives it. */
    public long generation() {
        return generation;
    }

    /** Which running Jenkins drives it. */
    public String holder() {
        return holder;
    }

    /** ISO time of the start. */
    public String startedAt() {
        return startedAt;
    }

    /** ISO time of the last change of phase or step. */
    public String changedAt() {
        return changedAt;
    }

    /** Who asked for the last change, or empty when it went by itself. */
    public String changedBy() {
        return changedBy;
    }

    /** Who agreed to the promotion, or empty. */
    public String approvedBy() {
        return approvedBy;
    }

    /** What its release set decided: {@code promote}, {@code abort}, or empty. */
    public String decision() {
        return decision;
    }

    /** The analyses so far, by step. */
    public List<Tally> tallies() {
        return List.copyOf(tallies);
    }

    Tally tally(int index) {
        Optional<Tally> known =
                tallies.stream().filter(each -> each.step() == index).findFirst();
        return known.orElseGet(() -> Tally.of(index));
    }

    void put(Tally tally) {
        tallies.removeIf(each -> each.step() == tally.step());
        tallies.add(tally);
    }
}
