package io.jenkins.plugins.shera.deploy.steps.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.shera.deploy.canary.ApmOrder;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.Rollout;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutRecord;
import io.jenkins.plugins.shera.deploy.canary.RolloutStore;
import io.jenkins.plugins.shera.deploy.canary.Starter;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.canary.World;
import io.jenkins.plugins.shera.deploy.foreign.ForeignRollout;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.steps.EnvironmentDoor;
import io.jenkins.plugins.shera.deploy.steps.apm.TenantAgents;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The rollouts that this Jenkins drives. Nothing of them is kept here: after a start all clusters are asked what is under way, and whoever
 * gives a verb to a rollout drives it from then on.
 */
@Extension
public class Rollouts implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(Rollouts.class.getName());

    private static final Duration AGAIN = Duration.ofSeconds(15);

    /** Names this start of this Jenkins, so that a copy of it from a backup is somebody else. */
    private final String holder = UUID.randomUUID().toString();

    private final Map<String, LiveRollout> live = new ConcurrentHashMap<>();

    private final Foreigners foreigners = new Foreigners();

    private final Connections connections = new Connections(this::changed);

    /** The one instance. */
    public static Rollouts get() {
        return ExtensionList.lookupSingleton(Rollouts.class);
    }

    /** Asks the clusters once what is under way, soon after the start. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        Schedules.get()
                .after(Duration.ofSeconds(1), "looking for rollouts", ACL.SYSTEM_USERNAME, () -> get().recover());
    }

    /** A cluster that does not answer now is asked again until it does. */
    private void recover() {
        for (Application application : SheraConfiguration.get().getApplications()) {
            for (Environment environment : application.getEnvironments()) {
                pickUp(subject(application, environment));
            }
        }
    }

    private void pickUp(Subject subject) {
        try {
            if (drive(subject).isEmpty()) {
                look(subject).map(Seen::record).ifPresent(Rollouts::late);
            }
        } catch (RolloutException | IllegalArgumentException | Refusal e) {
            LOGGER.log(Level.WARNING, "{0}", e.getMessage());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot see whether a rollout of " + subject + " is under way; asking again", e);
            later(subject);
        }
    }

    private static void late(RolloutRecord record) {
        RolloutNews.late(record);
        ReleaseSets.get().late(record);
    }

    private void later(Subject subject) {
        Schedules.get()
                .after(AGAIN, "looking for the rollout of " + subject, ACL.SYSTEM_USERNAME, () -> pickUp(subject));
    }

    /** What is rolled out for an application in an environment. */
    public static Subject subject(Application application, Environment environment) {
        return ClusterDesk.subject(application, environment);
    }

    /**
     * A rest of 2 s for a few rollouts, longer for many, so that an API server sees no more than it can bear; longer still where watches wake
     * whoever rests.
     */
    long longestRest(boolean watching) {
        return 2_000 + live.size() * (watching ? 120L : 60L);
    }

    /** Something changed in a namespace: whoever it may belong to looks at the next tick. */
    private void changed(String cluster, String namespace, JsonNode object) {
        String name = object.path("metadata").path("name").asText();
        String target = object.path("spec").path("scaleTargetRef").path("name").asText();
        for (LiveRollout each : live.values()) {
            Subject subject = each.plan().subject();
            boolean place =
                    subject.cluster().equals(cluster) && subject.namespace().equals(namespace);
            String own = subject.application();
            if (place && (name.equals(own) || name.startsWith(own + "-") || target.equals(own))) {
                each.wake();
            }
        }
    }

    /**
     * Begins a rollout that releases an image, or finds it begun already.
     *
     * @param reason why somebody who may overrides the environment's policy or a freeze; null when nobody does
     * @param run in which they do; null for the caller of a page
     */
    LiveRollout start(
            RolloutPlan draft,
            String image,
            Map<String, String> env,
            PodSettings pod,
            String reason,
            Run<?, ?> run,
            Consumer<String> log)
            throws IOException, RolloutException {
        Subject subject = draft.subject();
        try {
            new EnvironmentDoor(subject.tenant(), subject.application(), subject.environment())
                    .check(image, reason, run, log);
        } catch (DeployException e) {
            if (isBegun(draft)) {
                // A freeze that began meanwhile, or a statement revoked, stops no release that is under way.
                return begin(draft, starter -> starter.begin(draft, image, env, pod));
            }
            throw new RolloutException(e.getMessage(), e);
        }
        return begin(draft, starter -> starter.begin(draft, image, env, pod));
    }

    /** Whether this very plan is recorded in its cluster. */
    boolean isBegun(RolloutPlan draft) throws IOException, RolloutException {
        try (ClusterClient client = Reach.open(draft.subject())) {
            return Reach.store(client.api(), draft.subject())
                    .load()
                    .filter(record -> record.plan().id().equals(draft.id()))
                    .isPresent();
        }
    }

    /** Goes back where another controller drives the application; false where none does. */
    boolean undoForeign(Subject subject, String revision) throws IOException, VerbException {
        return foreigners.undo(subject, revision);
    }

    /** Begins a rollout back to an earlier revision; empty for the one before. */
    LiveRollout undo(RolloutPlan draft, String revision) throws IOException, RolloutException {
        return begin(draft, starter -> starter.undo(draft, revision));
    }

    /** Switches APM by a rollout without steps; empty when no pod had to be replaced, and it is done. The rest is as for a start. */
    Optional<LiveRollout> apm(RolloutPlan draft, ApmOrder order, String reason, Run<?, ?> run, Consumer<String> log)
            throws IOException, RolloutException {
        Subject subject = draft.subject();
        try {
            if (!isBegun(draft)) {
                new EnvironmentDoor(subject.tenant(), subject.application(), subject.environment())
                        .check("APM " + order.mode().word(), List.of(), reason, run, log);
            }
        } catch (DeployException e) {
            throw new RolloutException(e.getMessage(), e);
        }
        return Optional.ofNullable(
                begin(draft, starter -> starter.apm(draft, order, log).orElse(null)));
    }

    private interface Begin {
        RolloutRecord by(Starter starter) throws IOException, RolloutException;
    }

    /** Null when nothing has to be driven. */
    private synchronized LiveRollout begin(RolloutPlan draft, Begin begin) throws IOException, RolloutException {
        LiveRollout known = live.get(draft.subject().key());
        if (known != null && known.plan().id().equals(draft.id())) {
            return known;
        }
        ReleaseSets.get().refuseStranger(draft);
        Connections.Lease lease = connections.lease(draft.subject());
        try {
            foreigners.refuse(lease.live(), draft.subject());
            RolloutStore store = Reach.store(lease.live(), draft.subject());
            TenantAgents agents = new TenantAgents(draft.subject().tenant());
            RolloutRecord record = begin.by(new Starter(lease.live(), store, Reach.router(draft), holder, agents));
            if (record == null) {
                lease.close();
                return null;
            }
            return adopt(lease, record);
        } catch (IOException | RolloutException | RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private LiveRollout adopt(Connections.Lease lease, RolloutRecord record) throws IOException, RolloutException {
        RolloutStore store = Reach.store(lease.api(), record.plan().subject());
        Rollout rollout = recorded(lease.api(), store, record);
        rollout.claim();
        LiveRollout adopted = new LiveRollout(this, lease, rollout);
        LiveRollout before = live.put(record.plan().subject().key(), adopted);
        if (before != null) {
            before.end();
            live.put(record.plan().subject().key(), adopted);
        }
        adopted.go();
        ReleaseSets.get().lead(record.plan());
        return adopted;
    }

    /** The rollout under way, which this Jenkins drives from now on if it did not yet; empty when none is. */
    synchronized Optional<LiveRollout> drive(Subject subject) throws IOException, RolloutException {
        LiveRollout known = live.get(subject.key());
        if (known != null && !known.isEnded()) {
            return Optional.of(known);
        }
        Connections.Lease lease = connections.lease(subject);
        boolean keep = false;
        try {
            Optional<RolloutRecord> record = Reach.store(lease.live(), subject).load();
            if (record.isEmpty() || record.get().status().isOver()) {
                return Optional.empty();
            }
            if (!record.get().trusted()) {
                throw untrusted(subject);
            }
            LiveRollout adopted = adopt(lease, record.get());
            keep = true;
            return Optional.of(adopted);
        } finally {
            if (!keep) {
                lease.close();
            }
        }
    }

    private static RolloutException untrusted(Subject subject) {
        return new RolloutException("The record of the rollout of " + subject + " (ConfigMap " + subject.record()
                + ") was not written by this Jenkins, or was edited. Nothing is done with it. Drive it from the Jenkins that"
                + " began it; if that one is gone, delete the ConfigMap.");
    }

    /** Gives a verb; the rollout acts on it within a second. Permission was checked by the caller. */
    public void command(Subject subject, Verb verb) throws IOException, RolloutException, VerbException {
        Optional<LiveRollout> running = drive(subject);
        if (running.isPresent()) {
            running.get().command(verb);
        } else if (!verb.kind().isForSets() && foreigners.tell(subject, verb)) {
            LOGGER.log(Level.FINE, "told another controller: {0}", subject);
        } else if (verb.kind() == Verb.Kind.RETRY) {
            retry(subject, verb);
        } else if (verb.kind() == Verb.Kind.DECIDE_ABORT) {
            decide(subject, verb);
        } else if (verb.kind() != Verb.Kind.ABORT) {
            throw new VerbException("Cannot " + verb.kind().text() + ": no rollout of " + subject + " is under way.");
        }
    }

    /** Records a set's decision in a member that is over already, so that whoever comes next undoes it. */
    private void decide(Subject subject, Verb verb) throws IOException, RolloutException, VerbException {
        try (ClusterClient client = Reach.open(subject)) {
            RolloutStore store = Reach.store(client.api(), subject);
            RolloutRecord record = store.load()
                    .orElseThrow(() -> new VerbException("There is no rollout of " + subject + " to decide upon."));
            if (!record.trusted()) {
                throw untrusted(subject);
            }
            recorded(client.api(), store, record).command(verb);
        }
    }

    private synchronized void retry(Subject subject, Verb verb) throws IOException, RolloutException, VerbException {
        Connections.Lease lease = connections.lease(subject);
        try {
            RolloutStore store = Reach.store(lease.live(), subject);
            RolloutRecord record = store.load()
                    .orElseThrow(() -> new VerbException("Cannot retry: there was no rollout of " + subject + " yet."));
            if (!record.trusted()) {
                throw untrusted(subject);
            }
            recorded(lease.live(), store, record).command(verb);
            adopt(lease, store.load().orElseThrow());
        } catch (IOException | RolloutException | VerbException | RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** One that nobody drives, to be told something. */
    private Rollout recorded(KubeApi api, RolloutStore store, RolloutRecord record)
            throws IOException, RolloutException {
        return new Rollout(api, store, Reach.router(record.plan()), new Measurers(api, record.plan()), holder, record);
    }

    /** What is recorded, under way or over; shown even where it is not trusted. */
    public Optional<Seen> look(Subject subject) throws IOException, RolloutException {
        Optional<Seen> known = here(subject);
        if (known.isPresent()) {
            return known;
        }
        try (ClusterClient client = Reach.open(subject)) {
            Optional<RolloutRecord> own = Reach.store(client.api(), subject).load();
            Optional<Seen> foreign = own.isPresent() && !own.get().status().isOver()
                    ? Optional.empty()
                    : foreigners.look(client, subject);
            return foreign.isPresent() ? foreign : own.map(record -> new Seen(record, "", null));
        }
    }

    /** The rollout that this Jenkins drives, as of its last round; asks nobody. */
    public Optional<Seen> here(Subject subject) {
        LiveRollout known = live.get(subject.key());
        return known == null || known.isEnded()
                ? Optional.empty()
                : Optional.of(new Seen(
                        new RolloutRecord(known.plan(), known.status(), "", true),
                        known.problem(),
                        known.world().orElse(null)));
    }

    /** How many rollouts are driven here, by phase. */
    Map<Phase, Long> phases() {
        return live.values().stream()
                .collect(Collectors.groupingBy(each -> each.status().phase(), Collectors.counting()));
    }

    /**
     * A rollout as it is seen now.
     *
     * @param problem what keeps it from going on, or empty
     * @param world what was read in the last round, null when this Jenkins does not drive it
     * @param driver the controller that drives it, null for ours
     */
    public record Seen(RolloutRecord record, String problem, World world, ForeignRollout driver) {

        /** One of ours. */
        Seen(RolloutRecord record, String problem, World world) {
            this(record, problem, world, null);
        }
    }

    void ended(LiveRollout over) {
        live.remove(over.plan().subject().key(), over);
    }

    /** Opens a new connection when the identity was refused: a token may have been renewed meanwhile. */
    void renew(LiveRollout old, Exception why) {
        if (why instanceof KubeException refused && refused.kind() == KubeException.Kind.UNAUTHENTICATED) {
            connections.forget(old.plan().subject());
            old.end();
            later(old.plan().subject());
        }
    }
}
