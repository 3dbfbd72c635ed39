package io.jenkins.plugins.shera.deploy.steps;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.User;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Confidential;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.pod.Containers;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.deploy.steps.apm.TenantAgents;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.SealKeys;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.rollout.Observation;
import io.jenkins.plugins.shera.kube.rollout.RolloutJudge;
import io.jenkins.plugins.shera.kube.rollout.RolloutReader;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** A deployment without a build: planned, applied, and looked at. Each within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class DeployDesk {

    private static final Logger LOGGER = Logger.getLogger(DeployDesk.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(6);
    private static final Duration WRITE = Duration.ofSeconds(45);
    private static final int DEADLINE_SECONDS = 600;

    private final Application application;
    private final Environment environment;
    private final Subject subject;

    /** For an application in one of its environments. */
    public DeployDesk(Application application, Environment environment) {
        this.application = application;
        this.environment = environment;
        this.subject = ClusterDesk.subject(application, environment);
    }

    private interface Work<V> {
        V by(KubeApi api) throws KubeException, DeployException;
    }

    /** What deploying it would change, a line each; nothing is changed. The rest is as for {@link #deploy}. */
    public List<String> plan(DeployForm form, String override) {
        return within(WRITE, api -> {
            List<String> lines = new ArrayList<>();
            planned(api, form, override, lines);
            return lines;
        });
    }

    /**
     * Deploys it in the name of the caller and says what changed; the cluster goes on with it by itself.
     *
     * @param override why a freeze, a policy or a pin does not count; empty when it does
     */
    public List<String> deploy(DeployForm form, String override) {
        List<String> lines = within(WRITE, api -> {
            List<String> said = new ArrayList<>();
            planned(api, form, override, said).apply();
            return said;
        });
        tell(form.image());
        QuickDeploys.get()
                .follow(
                        subject,
                        form.image(),
                        Jenkins.getAuthentication2().getName(),
                        UUID.randomUUID().toString(),
                        Duration.ofSeconds(DEADLINE_SECONDS));
        return lines;
    }

    private Deployment planned(KubeApi api, DeployForm form, String override, List<String> lines)
            throws KubeException, DeployException {
        Tenant tenant = SheraConfiguration.get().tenant(subject.tenant());
        Optional<PullLogin> login = PullLogin.of(tenant, form.image());
        ApplicationSpec spec = form.spec(
                application.getName(), environment, login.map(PullLogin::secret).orElse(""));
        Origin origin = new Origin(
                subject.tenant(),
                subject.application(),
                subject.environment(),
                UUID.randomUUID().toString(),
                "the console");
        DeployRequest request =
                new DeployRequest(spec, origin, subject.cluster(), subject.namespace(), DEADLINE_SECONDS);
        EnvironmentDoor door = new EnvironmentDoor(subject.tenant(), subject.application(), subject.environment());
        String reason = override.isEmpty() ? null : override;
        door.check(spec.image(), reason, null, lines::add);
        keepsWhatABuildMade(api, spec);
        Confidential pull = new Confidential(
                Map.of(), Map.of(), login.map(PullLogin::content).orElse(""), SealKeys.of(subject.tenant(), "config"));
        Deployment deployment = new Deployment(api, request, new DeployState(), pull, StorageLaw.of(request))
                .with(new TenantAgents(subject.tenant()));
        lines.addAll(deployment.plan());
        if (deployment.pinned().isPresent()) {
            door.checkPin(deployment.pinned().get(), spec.image(), reason, null, lines::add);
        }
        return deployment;
    }

    /** What is not said goes away, and files, secrets and volumes cannot be said here. */
    private void keepsWhatABuildMade(KubeApi api, ApplicationSpec spec) throws KubeException, DeployException {
        Optional<JsonNode> live =
                api.find(new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), subject.application()));
        if (live.isEmpty()) {
            return;
        }
        JsonNode template = live.get().path("spec").path("template");
        JsonNode container = Containers.chosen(template, spec.name());
        boolean more =
                container.has("envFrom") || container.path("volumeMounts").size() > 0;
        for (JsonNode variable : container.path("env")) {
            more |= variable.has("valueFrom");
        }
        if (more && !template.path("metadata").path("annotations").has("shera.io/apm")) {
            throw new DeployException(
                    "Cannot deploy " + subject + " from here: what serves there has configuration files, secrets or"
                            + " volumes, which would go away. Deploy it by its Jenkinsfile, or release the image by a plan.",
                    null);
        }
    }

    /** How far the Deployment is now; empty where there is none. */
    public Optional<RolloutState> look() {
        return within(LOOK, api -> {
            RolloutReader reader = new RolloutReader(api, subject.namespace(), subject.application());
            Observation seen = reader.observe();
            return seen.deployment().isObject()
                    ? Optional.of(
                            reader.explain(RolloutJudge.judge(seen, seen.now().plus(Duration.ofDays(1)))))
                    : Optional.empty();
        });
    }

    private void tell(String image) {
        String caller = Jenkins.getAuthentication2().getName();
        User user = User.getById(caller, false);
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.RELEASE,
                Messages._DeployDesk_applied(),
                image,
                user == null ? caller : user.getId(),
                subject.environment());
        try {
            Timelines.get().append(application, entry);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + subject, e);
        }
    }

    private <V> V within(Duration limit, Work<V> work) {
        return Schedules.get().within(limit, subject.application(), () -> {
            try (ClusterClient client = ClusterDesk.open(subject)) {
                return work.by(client.api());
            } catch (DeployException e) {
                throw Refusal.conflict(subject.environment(), e.getMessage(), "");
            } catch (IllegalArgumentException e) {
                throw Refusal.input(subject.environment(), String.valueOf(e.getMessage()), "");
            } catch (KubeException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.DeployDesk_unavailable(),
                        subject.environment(),
                        e.getMessage(),
                        "");
            }
        });
    }
}
