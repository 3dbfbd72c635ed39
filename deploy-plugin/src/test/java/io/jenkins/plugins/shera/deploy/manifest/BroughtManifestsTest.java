package io.jenkins.plugins.shera.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.ManifestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BroughtManifestsTest {

    private static final String POD = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: %s}\n";

    @Test
    void findsEveryImageAPodWouldRunOrMount() throws Exception {
        BroughtManifests brought = BroughtManifests.read(POD.formatted(
                        "{initContainers: [{image: 'i:1'}], containers: [{image: 'c:1', env: [{name: image, value: no}]}],"
                                + " volumes: [{name: v, image: {reference: 'm:1'}}]}")
                + "---\n{apiVersion: batch/v1, kind: CronJob, metadata: {name: n}, spec: {jobTemplate: {spec: {template:"
                + " {spec: {containers: [{image: 'j:1'}]}}}}}}\n"
                + "---\n{apiVersion: db.example/v1, kind: Base, metadata: {name: n}, spec: {image: 'x:1'}}\n"
                + "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: n}, data: {image: 'no:1'}}\n");
        assertThat(brought.images()).containsExactlyInAnyOrder("i:1", "c:1", "m:1", "j:1", "x:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccountName: admin, containers: []}}"
                        + "|service account 'admin'",
                "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccount: admin, containers: []}}"
                        + "|service account 'admin'",
                "{apiVersion: v1, kind: Secret, metadata: {name: a}, type: kubernetes.io/service-account-token}"
                        + "|token of a service account",
                "{apiVersion: v1, kind: Secret, metadata: {name: a, annotations: {shera.io/tenant: b}}}"
                        + "|only Jenkins writes",
                "{apiVersion: v1, kind: Secret, metadata: {name: a, ownerReferences: []}}|ownerReferences",
                "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret, metadata: {name: a}},"
                        + " {apiVersion: v1, kind: Secret, metadata: {name: a}}]}|twice",
                "!!javax.script.ScriptEngineManager [a]|manifests: document 1",
                "{a: 1, a: 2}|manifests: document 1",
            })
    void refusesWhatNoClusterNeedsToBeAskedAbout(String yaml, String why) {
        assertThatThrownBy(() -> BroughtManifests.read(yaml))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesAScalarOfFiftyMegabytes() {
        assertThatThrownBy(() -> BroughtManifests.read("a: " + "b".repeat(50 << 20)))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void takesAServiceAccountThatIsBroughtAlong() throws Exception {
        String account = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: mine}}\n---\n";
        assertThat(BroughtManifests.read(account + POD.formatted("{serviceAccountName: mine, containers: []}"))
                        .manifests())
                .hasSize(2);
    }

    @Test
    void leavesTheAuthorsLabelsAndMarksTheOwner() throws Exception {
        Manifest read = BroughtManifests.read("{apiVersion: v1, kind: Pod, metadata: {name: a, uid: b,"
                        + " labels: {app.kubernetes.io/managed-by: Helm}}, spec: {containers: []}, status: {}}")
                .manifests()
                .get(0);
        Origin origin = new Origin("retail", "shop", "dev", "1", "retail/release#1");
        Manifest stamped = BroughtManifests.stamped(read, origin, "abc");
        assertThat(stamped.content()
                        .at("/metadata/labels/app.kubernetes.io~1managed-by")
                        .asText())
                .isEqualTo("Helm");
        assertThat(BroughtManifests.isOf("abc", stamped.content())).isTrue();
        assertThat(origin.made(stamped.content())).isTrue();
        assertThat(stamped.content().has("status")).isFalse();
        assertThat(stamped.content().at("/metadata/uid").isMissingNode()).isTrue();
    }
}
