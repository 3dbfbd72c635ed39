package io.jenkins.plugins.shera.kube.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ManifestsTest {

    @Test
    void flattensListsAndSkipsEmptyDocuments() throws ManifestException {
        String text =
                "---\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n"
                        + "- {apiVersion: v1, kind: Secret, metadata: {name: b}}\n---\napiVersion: apps/v1\nkind: Deployment\n"
                        + "metadata: {name: c}\n";
        assertThat(Manifests.read(text, "f.yaml"))
                .map(Manifest::toString)
                .containsExactly("ConfigMap a", "Secret b", "Deployment c");
        assertThat(Manifests.read(text, "f.yaml").get(1).where()).isEqualTo("f.yaml: document 2, line 3, item 2");
    }

    @Test
    void namesEveryProblemAtOnce() {
        String text = "kind: ConfigMap\nmetadata: {name: a}\n---\n[1, 2]\n---\n"
                + "apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n";
        assertThatThrownBy(() -> Manifests.read(text, "f.yaml"))
                .hasMessage("f.yaml: document 1, line 1: has no apiVersion. Add it.\n"
                        + "f.yaml: document 2, line 4: is not an object with apiVersion, kind and metadata.\n"
                        + "f.yaml: document 3, line 6: has no metadata.name (generateName would make a new object each"
                        + " time). Add it.");
    }

    @Test
    void saysWhenThereIsNothing() {
        assertThatThrownBy(() -> Manifests.read("# only a comment\n", "f.yaml"))
                .hasMessage("f.yaml: has no Kubernetes object. Give at least one.");
    }
}
