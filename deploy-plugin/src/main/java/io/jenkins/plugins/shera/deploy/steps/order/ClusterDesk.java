package io.jenkins.plugins.shera.deploy.steps.order;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.order.OrderException;
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

/** How an application is reached in the cluster of an environment, as its tenant. The caller has checked the permission. */
public final class ClusterDesk {

    private ClusterDesk() {}

    /** What is asked of the cluster or done there. */
    public interface Work<V> {
        /** Talks to the cluster. */
        V by(ClusterClient client) throws OrderException, KubeException;
    }

    /** An application in an environment. */
    public static Subject subject(Application application, Environment environment) {
        return new Subject(
                application.getTenant(),
                application.getName(),
                environment.getName(),
                environment.getCluster(),
                environment.getNamespace());
    }

    /** A connection as the tenant, to be closed; a {@link Refusal} when what it needs is not configured any more. */
    public static ClusterClient open(Subject subject) {
        Tenant tenant = SheraConfiguration.get().tenant(subject.tenant());
        KubernetesCluster cluster = SheraConfiguration.get().cluster(subject.cluster());
        if (tenant == null || cluster == null || !tenant.owns(subject.cluster(), subject.namespace())) {
            throw Refusal.unknown(
                    subject.environment(),
                    Messages.ClusterDesk_gone(subject.toString()),
                    Messages.ClusterDesk_gone_next());
        }
        return ClusterClient.open(ClusterLogin.ofTenant(cluster, tenant), TimeLimits.STANDARD);
    }

    /** Does it on a connection of its own, in this time at most; every no is a {@link Refusal}. */
    public static <V> V within(Duration limit, Subject subject, Work<V> work) {
        return Schedules.get().within(limit, subject.application(), () -> {
            try (ClusterClient client = open(subject)) {
                return work.by(client);
            } catch (OrderException e) {
                throw Refusal.conflict(subject.environment(), e.getMessage(), "");
            } catch (KubeException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.ClusterDesk_unavailable(),
                        subject.environment(),
                        e.getMessage(),
                        "");
            }
        });
    }
}
