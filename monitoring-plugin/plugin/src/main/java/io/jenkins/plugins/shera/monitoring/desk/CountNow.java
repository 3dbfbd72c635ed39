package io.jenkins.plugins.shera.monitoring.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.monitoring.counted.PodCounts;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Threads, sockets and open files of an application's pods as their containers count them now, with the tenant's own rights. */
public final class CountNow {

    private static final Semaphore AT_A_TIME = new Semaphore(2);

    private CountNow() {}

    /**
     * Counts.
     *
     * @throws Refusal when the cluster gives no pods, or too many ask at once
     */
    public static ObjectNode of(Tenant tenant, Environment environment, String application) {
        KubernetesCluster cluster = SheraConfiguration.get().cluster(environment.getCluster());
        if (cluster == null) {
            throw refused(Refusal.Kind.INPUT, Messages.CountNow_cluster(), Messages.CountNow_cluster_next());
        }
        if (!AT_A_TIME.tryAcquire()) {
            throw refused(Refusal.Kind.CONFLICT, Messages.CountNow_busy(), Messages.CountNow_busy_next());
        }
        try (ClusterClient client =
                ClusterClient.open(ClusterLogin.ofTenant(cluster, tenant), TimeLimits.INTERACTIVE)) {
            String namespace = environment.getNamespace();
            List<String> pods = new KubernetesLogs(client.api())
                    .containers(namespace, application).stream()
                            .filter(each -> each.container().equals(application)
                                    && each.state().equals("running"))
                            .map(KubernetesLogs.PodContainer::pod)
                            .distinct()
                            .toList();
            return json(pods.size(), PodCounts.of(client.exec(), namespace, pods, application));
        } catch (KubeException e) {
            throw refused(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.CountNow_silent(e.kind().name()),
                    Messages.CountNow_silent_next());
        } finally {
            AT_A_TIME.release();
        }
    }

    private static Refusal refused(Refusal.Kind kind, String why, String next) {
        return new Refusal(kind, Messages.CountNow_failed(), "environment", why, next);
    }

    private static ObjectNode json(int pods, List<PodCounts.Count> counts) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("left", pods - counts.size());
        ArrayNode all = body.putArray("pods");
        for (PodCounts.Count each : counts) {
            all.addObject()
                    .put("pod", each.pod())
                    .put("threads", each.threads())
                    .put("files", each.files())
                    .put("sockets", each.sockets())
                    .put("problem", each.problem());
        }
        return body;
    }
}
