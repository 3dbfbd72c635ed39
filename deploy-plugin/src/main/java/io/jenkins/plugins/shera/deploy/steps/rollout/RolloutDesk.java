package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.PlanTemplates;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.canary.Workload;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.extension.TrafficRouter;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** What pages and commands ask of rollouts: within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class RolloutDesk {
    private static final Logger LOGGER = Logger.getLogger(RolloutDesk.class.getName());

    private static final Duration LOOK = Duration.ofSeconds(6);
    private static final Duration WRITE = Duration.ofSeconds(30);

    /** What is over changes seldom: a page that is open asks the cluster this often at most. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final int MOST_REMEMBERED = 1000;
    private static final Map<String, Remembered> REMEMBERED = new ConcurrentHashMap<>();

    private record Remembered(Optional<Rollouts.Seen> seen, long until) {}

    private RolloutDesk() {}

    /** What is done, and how it can fail. */
    interface Work<V> {
        V run() throws IOException, RolloutException, VerbException, DeployException;
    }

    /** What is rolled out for an application in an environment. */
    public static Subject subject(Application application, Environment environment) {
        return Rollouts.subject(application, environment);
    }

    /** The rollout as it is recorded now. */
    public static Optional<Rollouts.Seen> look(Subject subject) {
        Optional<Rollouts.Seen> live = Rollouts.get().here(subject);
        return live.isPresent()
                ? live
                : within(LOOK, subject, () -> Rollouts.get().look(subject));
    }

    /** Gives a verb in the name of the caller. */
    public static void command(Subject subject, Verb.Kind kind, int weight) {
        String caller = Jenkins.getAuthentication2().getName();
        within(WRITE, subject, () -> {
            Rollouts.get().command(subject, new Verb(kind, caller, weight));
            return null;
        });
        if (kind != Verb.Kind.ABORT || Rollouts.get().here(subject).isPresent()) {
            RolloutDiary.said(subject, new Verb(kind, caller, weight));
        }
    }

    /** Makes an earlier revision stable; empty for the one before. */
    public static void undo(Subject subject, String revision) {
        String caller = Jenkins.getAuthentication2().getName();
        RolloutPlan draft = RolloutPermit.draft(subject, List.of(), new ReplicasRouter(), 600, false, caller, "");
        within(
                WRITE,
                subject,
                () -> Rollouts.get().undoForeign(subject, revision)
                        ? null
                        : Rollouts.get().undo(draft, revision));
        RolloutDiary.said(subject, "undo", caller, revision);
    }

    /** Begins a rollout by a ready plan, {@code override} being empty or why a freeze or policy does not count; returns its id. */
    public static String begin(
            Application application,
            Environment environment,
            String image,
            String template,
            String router,
            String route,
            String override) {
        Subject subject = Rollouts.subject(application, environment);
        String caller = Jenkins.getAuthentication2().getName();
        return within(
                WRITE,
                subject,
                () -> begin(
                        subject, environment, ImageReference.parse(image), template, router, route, override, caller));
    }

    /** Begins a rollout of the image that serves in another environment of the application; returns its id. */
    public static String promote(
            Application application,
            Environment from,
            Environment to,
            String template,
            String router,
            String route,
            String override) {
        Subject subject = Rollouts.subject(application, to);
        Subject source = Rollouts.subject(application, from);
        String caller = Jenkins.getAuthentication2().getName();
        return within(WRITE, subject, () -> {
            ImageReference image = ImageReference.parse(Reach.running(source));
            String id = begin(subject, to, image, template, router, route, override, caller);
            RolloutDiary.said(subject, "promoteImage", caller, from.getName() + ": " + image);
            return id;
        });
    }

    private static String begin(
            Subject subject,
            Environment environment,
            ImageReference image,
            String template,
            String router,
            String route,
            String override,
            String caller)
            throws IOException, RolloutException {
        RolloutPlan draft = draft(subject, environment, template, router, route, caller);
        Rollouts.get()
                .start(
                        draft,
                        image.toString(),
                        Map.of(),
                        PodSettings.NONE,
                        override.isEmpty() ? null : override,
                        null,
                        said -> LOGGER.log(Level.INFO, "{0}: {1}", new Object[] {subject, said}));
        return draft.id();
    }

    /** A plan by the name of a template and of a router, either of which may be empty for the usual one. */
    static RolloutPlan draft(
            Subject subject, Environment environment, String template, String router, String route, String caller)
            throws KubeException {
        List<PlanStep> steps = PlanTemplates.of(template.isEmpty() ? "5-25-50-100" : template);
        TrafficRouter chosen = TrafficRouter.restore(
                        router.isEmpty() ? fitting(subject) : router,
                        route.isEmpty() ? Map.of() : Map.of("route", route, "ingress", route))
                .orElseThrow(() -> new IllegalArgumentException(
                        "No installed plugin offers this router. Give replicas, gatewayApi, ingress or kubeng; partition for a"
                                + " StatefulSet, onDelete for a DaemonSet."));
        return RolloutPermit.draft(
                subject, steps, chosen, 600, environment.getPolicy().isRequireApproval(), caller, "");
    }

    /** The router that fits what is deployed there. */
    private static String fitting(Subject subject) throws KubeException {
        try (ClusterClient client = ClusterDesk.open(subject)) {
            String only =
                    Workload.find(client.api(), subject).map(Workload::router).orElse("");
            return only.isEmpty() ? "replicas" : only;
        }
    }

    /** What the last aborted canary said, by name. */
    public static Map<String, String> evidence(Subject subject) {
        return within(LOOK, subject, () -> Reach.evidence(subject));
    }

    /** Does it within a time limit; every no is a {@link Refusal}. */
    static <V> V within(Duration limit, Subject subject, Work<V> work) {
        REMEMBERED.remove(subject.key());
        return Schedules.get().within(limit, subject.application(), () -> {
            try {
                return work.run();
            } catch (VerbException | DeployException e) {
                throw Refusal.conflict(subject.environment(), e.getMessage(), "");
            } catch (RolloutException | IllegalArgumentException e) {
                throw Refusal.input(subject.environment(), String.valueOf(e.getMessage()), "");
            } catch (IOException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.RolloutDesk_unavailable(),
                        subject.environment(),
                        String.valueOf(e.getMessage()),
                        "");
            }
        });
    }
}
