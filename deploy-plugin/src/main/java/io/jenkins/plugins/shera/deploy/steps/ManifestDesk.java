package io.jenkins.plugins.shera.deploy.steps;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.BroughtManifests;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.ManifestDeployment;
import io.jenkins.plugins.shera.deploy.rollout.ManifestRequest;
import io.jenkins.plugins.shera.deploy.rollout.ManifestState;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.manifest.ManifestException;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/** Manifests without a build: planned, applied, followed. Each within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class ManifestDesk {

    private static final Duration WRITE = Duration.ofSeconds(45);
    private static final int DEADLINE_SECONDS = 600;
    private static final int MOST_FOLLOWED = 200;
    /** By environment and set. */
    private static final Map<String, FollowedManifests> FOLLOWED = new ConcurrentHashMap<>();

    /** By environment. */
    private static final Map<String, FollowedManifests> LATEST = new ConcurrentHashMap<>();

    private final Application application;
    private final Environment environment;
    private final Subject subject;

    /** For an application in one of its environments. */
    public ManifestDesk(Application application, Environment environment) {
        this.application = application;
        this.environment = environment;
        this.subject = ClusterDesk.subject(application, environment);
    }

    /**
     * What is to be applied.
     *
     * @param set name of the set, empty for the usual one
     * @param override why a freeze or a policy does not count; empty when it does
     * @param dryRun only says what would change
     */
    public record Order(String yaml, String set, boolean prune, String override, boolean dryRun) {}

    /** Says what would change or what changed, a line each; what was applied is followed in the name of the caller. */
    public List<String> deploy(Order order) {
        String actor = Jenkins.getAuthentication2().getName();
        return Schedules.get().within(WRITE, subject.application(), () -> {
            ClusterClient client = ClusterDesk.open(subject);
            boolean keep = false;
            try {
                ManifestRequest request = request(order);
                List<String> lines = new ArrayList<>();
                String reason = order.override().isEmpty() ? null : order.override();
                EnvironmentDoor door =
                        new EnvironmentDoor(subject.tenant(), subject.application(), subject.environment());
                Set<String> images = BroughtManifests.read(order.yaml()).images();
                door.check(request.toString(), images, reason, null, lines::add);
                ManifestState state = new ManifestState();
                ManifestDeployment deployment = new ManifestDeployment(client.api(), request, state);
                lines.addAll(deployment.plan());
                if (deployment.pinned().isPresent()) {
                    door.checkPin(deployment.pinned().get(), request.toString(), reason, null, lines::add);
                }
                if (!order.dryRun()) {
                    deployment.apply();
                    keep = true;
                    follow(new FollowedManifests(request, state, client, actor));
                }
                return lines;
            } catch (DeployException e) {
                throw Refusal.conflict(subject.environment(), e.getMessage(), "");
            } catch (ManifestException | IllegalArgumentException e) {
                throw Refusal.input("manifests", String.valueOf(e.getMessage()), "");
            } catch (KubeException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.DeployDesk_unavailable(),
                        subject.environment(),
                        e.getMessage(),
                        "");
            } finally {
                if (!keep) {
                    client.close();
                }
            }
        });
    }

    private ManifestRequest request(Order order) {
        Origin origin = new Origin(
                subject.tenant(),
                subject.application(),
                subject.environment(),
                UUID.randomUUID().toString(),
                "the console");
        return new ManifestRequest(
                order.yaml(),
                order.set().isEmpty() ? DeployManifestsStep.DescriptorImpl.DEFAULT_SET : order.set(),
                origin,
                new ManifestRequest.Place(subject.cluster(), subject.namespace()),
                namespaces(SheraConfiguration.get().tenant(application.getTenant()), environment),
                order.prune(),
                DEADLINE_SECONDS);
    }

    private void follow(FollowedManifests next) {
        if (FOLLOWED.size() >= MOST_FOLLOWED) {
            FOLLOWED.values().removeIf(each -> each.phase() != RolloutState.Phase.PROGRESSING);
            LATEST.values().removeIf(each -> each.phase() != RolloutState.Phase.PROGRESSING);
        }
        FollowedManifests before = FOLLOWED.put(subject.key() + "/" + next.set(), next);
        LATEST.put(subject.key(), next);
        if (before != null) {
            before.end();
        }
        next.go();
    }

    /** What was applied last without a build since Jenkins started; empty when nothing was. */
    public Optional<FollowedManifests> followed() {
        return Optional.ofNullable(LATEST.get(subject.key()));
    }

    /** The environment's own, and the tenant's others in the cluster that are no other environment's, whose policy may be stricter. */
    static Set<String> namespaces(Tenant tenant, Environment where) {
        Set<String> namespaces = new TreeSet<>();
        for (TenantNamespace each : tenant.getNamespaces()) {
            if (each.getCluster().equals(where.getCluster())) {
                namespaces.add(each.getNamespace());
            }
        }
        SheraConfiguration.get().getApplications().stream()
                .filter(each -> each.getTenant().equals(tenant.getId()))
                .flatMap(each -> each.getEnvironments().stream())
                .filter(each -> each.getCluster().equals(where.getCluster()))
                .forEach(each -> namespaces.remove(each.getNamespace()));
        namespaces.add(where.getNamespace());
        return namespaces;
    }
}
