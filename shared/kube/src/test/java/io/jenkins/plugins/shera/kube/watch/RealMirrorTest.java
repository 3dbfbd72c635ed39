package io.jenkins.plugins.shera.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.kube.RealCluster;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against the API server that KUBECONFIG names. */
@Tag("cluster")
class RealMirrorTest {

    private static final ResourceKind MAPS = new ResourceKind("v1", "ConfigMap", "configmaps", true);

    @Test
    void followsWhatOthersMakeChangeAndDelete() throws Exception {
        List<String> changed = new CopyOnWriteArrayList<>();
        try (RealCluster cluster = RealCluster.open();
                Mirror mirror = Mirror.open(
                        cluster.api(),
                        cluster.namespace(),
                        List.of(new Mirror.Part(MAPS, ""), new Mirror.Part(ResourceKind.DEPLOYMENT, "")),
                        object ->
                                changed.add(object.path("metadata").path("name").asText()))) {
            await().until(mirror::isSynced);
            KubeApi api = cluster.api().remembering(mirror);
            ObjectRef ref = new ObjectRef(MAPS, cluster.namespace(), "one");
            cluster.applier()
                    .apply(cluster.manifests("{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {v: a}}"));
            await().until(() -> changed.contains("one"));
            assertThat(api.find(ref).orElseThrow().path("data").path("v").asText())
                    .isEqualTo("a");
            cluster.api().merge(ref, RealCluster.json("{\"data\":{\"v\":\"b\"}}"));
            await().until(() ->
                    api.find(ref).orElseThrow().path("data").path("v").asText().equals("b"));
            cluster.api()
                    .delete(
                            ref,
                            api.find(ref)
                                    .orElseThrow()
                                    .path("metadata")
                                    .path("uid")
                                    .asText());
            await().until(() -> api.find(ref).isEmpty());
            assertThat(mirror.isSynced()).isTrue();
        }
    }
}
