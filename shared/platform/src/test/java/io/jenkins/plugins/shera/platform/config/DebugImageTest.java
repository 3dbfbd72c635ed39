package io.jenkins.plugins.shera.platform.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DebugImageTest {

    private static KubernetesCluster with(String image) {
        KubernetesCluster cluster = new KubernetesCluster("east");
        cluster.setDebugImage(image);
        return cluster;
    }

    @Test
    void aClusterTakesAnImageOrNoneAndNothingElse(JenkinsRule rule) {
        String pinned = "localhost:5000/a@sha256:" + "0".repeat(64);
        for (String image : List.of("", "registry.example.com/debug-tools:1", pinned)) {
            assertThatCode(() -> SyntaxRules.check(with(image))).as(image).doesNotThrowAnyException();
        }
        for (String image : List.of("a b", "registry.example.com/UPPER:1", "x:1; rm -rf /")) {
            assertThatThrownBy(() -> SyntaxRules.check(with(image)))
                    .as(image)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("debugImage");
        }
    }
}
