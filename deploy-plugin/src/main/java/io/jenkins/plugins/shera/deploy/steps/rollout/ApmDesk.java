package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.canary.ApmOrder;
import io.jenkins.plugins.shera.deploy.canary.ApmPlan;
import io.jenkins.plugins.shera.deploy.canary.ApmSwitch;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.config.ApmConfiguration;
import io.jenkins.plugins.shera.deploy.steps.apm.TenantAgents;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What pages and commands ask of the APM switch: within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class ApmDesk {

    private static final Duration LOOK = Duration.ofSeconds(6);
    private static final Duration WRITE = Duration.ofSeconds(30);
    private static final int DEADLINE = CanaryStep.DescriptorImpl.DEFAULT_DEADLINE;

    private ApmDesk() {}

    /** How it stands; empty where the application is not deployed. */
    public static Optional<ApmState> look(Subject subject) {
        return ClusterDesk.within(LOOK, subject, client -> of(client, subject).look());
    }

    /** What switching would do; nothing is changed. */
    public static ApmPlan plan(Subject subject, ApmOrder order) {
        return RolloutDesk.within(WRITE, subject, () -> {
            try (ClusterClient client = ClusterDesk.open(subject)) {
                return of(client, subject).plan(order);
            }
        });
    }

    private static ApmSwitch of(ClusterClient client, Subject subject) {
        return new ApmSwitch(client.api(), subject, new TenantAgents(subject.tenant()));
    }

    /** The address of the application in the APM of this agent; empty when there is none. */
    public static String page(Subject subject, String agent) {
        return agent.isEmpty() ? "" : ApmConfiguration.get().page(agent, subject.tenant(), ApmSwitch.words(subject));
    }

    /**
     * Switches it in the name of the caller, by a rollout where pods are replaced; that goes on by itself.
     *
     * @param override empty, or why a freeze does not count
     * @return what is done now, lines for people
     */
    public static String apply(Application application, Environment environment, ApmOrder order, String override) {
        Subject subject = ClusterDesk.subject(application, environment);
        String caller = Jenkins.getAuthentication2().getName();
        RolloutPlan draft = RolloutPermit.draft(
                subject,
                List.of(),
                new ReplicasRouter(),
                DEADLINE,
                environment.getPolicy().isRequireApproval(),
                caller,
                "");
        return RolloutDesk.within(WRITE, subject, () -> {
            List<String> lines = new ArrayList<>();
            Optional<LiveRollout> release =
                    Rollouts.get().apm(draft, order, override.isEmpty() ? null : override, null, lines::add);
            RolloutDiary.said(subject, "switchApm", caller, order.mode().word());
            if (release.isPresent()) {
                RolloutDiary.said(subject, "begin", caller, release.get().plan().what());
            }
            lines.add(
                    release.isPresent()
                            ? Messages.ApmDesk_begun(order.mode().word())
                            : Messages.ApmDesk_done(order.mode().word()));
            return String.join("\n", lines);
        });
    }
}
