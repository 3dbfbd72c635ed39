package io.jenkins.plugins.shera.build.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.build.retention.ImageUses;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;

/**
 * What every cluster of the platform names: pods, what makes them in every revision, and the records of rollouts. Read as the platform, because
 * an image of one tenant may run in a namespace of another; told to nobody but as a reason why an image stays.
 */
final class ClusterUses {
    /** Of the whole cluster, not of a namespace. */
    private static final List<ResourceKind> KINDS = List.of(
            everywhere("v1", "Pod", "pods"),
            everywhere("v1", "PodTemplate", "podtemplates"),
            everywhere("v1", "ReplicationController", "replicationcontrollers"),
            everywhere("apps/v1", "Deployment", "deployments"),
            everywhere("apps/v1", "ReplicaSet", "replicasets"),
            everywhere("apps/v1", "StatefulSet", "statefulsets"),
            everywhere("apps/v1", "DaemonSet", "daemonsets"),
            everywhere("apps/v1", "ControllerRevision", "controllerrevisions"),
            everywhere("batch/v1", "Job", "jobs"),
            everywhere("batch/v1", "CronJob", "cronjobs"));

    private static final ResourceKind RECORDS = everywhere("v1", "ConfigMap", "configmaps");
    /** A kind that only some clusters have; its rollouts keep revisions of their own. */
    private static final ResourceKind ROLLOUT = everywhere("argoproj.io/v1alpha1", "Rollout", "rollouts");

    private ClusterUses() {}

    /**
     * Takes in all clusters.
     *
     * @throws Refusal naming the first that could not be read whole: then nothing may be deleted
     */
    static void read(ImageUses uses, String tenant) {
        for (KubernetesCluster cluster : SheraConfiguration.get().getClusters()) {
            try (ClusterClient client = ClusterClient.open(ClusterLogin.ofPlatform(cluster), TimeLimits.STANDARD)) {
                read(
                        client.api(),
                        cluster.getId(),
                        uses,
                        SheraConfiguration.get().tenant(tenant).getNamespaces().stream()
                                .filter(own -> own.getCluster().equals(cluster.getId()))
                                .map(own -> own.getNamespace())
                                .toList());
            } catch (KubeException | IllegalArgumentException e) {
                throw Refusal.conflict(
                        "cluster " + cluster.getId(),
                        Messages.ClusterUses_unread(cluster.getId(), e.getMessage()),
                        Messages.ClusterUses_unread_next());
            }
        }
    }

    private static void read(KubeApi api, String cluster, ImageUses uses, List<String> own) throws KubeException {
        for (ResourceKind kind : KINDS) {
            scan(api.list(kind, "", "", ""), kind, cluster, uses, own);
        }
        scan(api.list(RECORDS, "", "shera.io/record", ""), RECORDS, cluster, uses, own);
        try {
            scan(api.list(ROLLOUT, "", "", ""), ROLLOUT, cluster, uses, own);
        } catch (KubeException e) {
            if (e.kind() != KubeException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static void scan(
            List<JsonNode> objects, ResourceKind kind, String cluster, ImageUses uses, List<String> own) {
        for (JsonNode object : objects) {
            String namespace = object.at("/metadata/namespace").asText();
            uses.scan(
                    object,
                    own.contains(namespace)
                            ? kind.kind() + " " + namespace + "/"
                                    + object.at("/metadata/name").asText() + " (" + cluster + ")"
                            : Messages.ClusterUses_other(cluster));
        }
    }

    private static ResourceKind everywhere(String version, String kind, String plural) {
        return new ResourceKind(version, kind, plural, false);
    }
}
