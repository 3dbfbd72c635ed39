package io.jenkins.plugins.shera.deploy.steps.scale;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.scale.ScaleException;
import io.jenkins.plugins.shera.deploy.scale.ScaleFacts;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.scale.Scaling;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.time.Duration;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What pages and commands ask of the number of pods: within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class ScaleDesk {

    private static final Duration LOOK = Duration.ofSeconds(6);
    private static final Duration WRITE = Duration.ofSeconds(30);

    private ScaleDesk() {}

    private interface Work<V> {
        V by(Scaling scaling) throws ScaleException, KubeException;
    }

    /** What is scaled for an application in an environment. */
    public static Subject subject(Application application, Environment environment) {
        return new Subject(
                application.getTenant(),
                application.getName(),
                environment.getName(),
                environment.getCluster(),
                environment.getNamespace());
    }

    /** The number of pods now; empty where it is not deployed. */
    public static Optional<ScaleFacts> look(Subject subject) {
        return within(LOOK, subject, Scaling::look);
    }

    /** Sets it in the name of the caller and says what was done; the cluster goes on with it by itself. */
    public static String scale(Subject subject, ScaleOrder order) {
        String caller = Jenkins.getAuthentication2().getName();
        String done = within(WRITE, subject, scaling -> scaling.apply(order));
        ScaleRecord.done(subject, order, caller, null);
        return done;
    }

    /** A connection as the tenant, to be closed; a {@link Refusal} when what it needs is not configured any more. */
    public static ClusterClient open(Subject subject) {
        Tenant tenant = SheraConfiguration.get().tenant(subject.tenant());
        KubernetesCluster cluster = SheraConfiguration.get().cluster(subject.cluster());
        if (tenant == null || cluster == null || !tenant.owns(subject.cluster(), subject.namespace())) {
            throw Refusal.unknown(
                    subject.environment(), Messages.ScaleDesk_gone(subject.toString()), Messages.ScaleDesk_gone_next());
        }
        return ClusterClient.open(ClusterLogin.ofTenant(cluster, tenant), TimeLimits.STANDARD);
    }

    private static <V> V within(Duration limit, Subject subject, Work<V> work) {
        return Schedules.get().within(limit, subject.application(), () -> {
            try (ClusterClient client = open(subject)) {
                return work.by(new Scaling(client.api(), subject, ""));
            } catch (ScaleException e) {
                throw Refusal.conflict(subject.environment(), e.getMessage(), "");
            } catch (KubeException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.ScaleDesk_unavailable(),
                        subject.environment(),
                        e.getMessage(),
                        "");
            }
        });
    }
}
