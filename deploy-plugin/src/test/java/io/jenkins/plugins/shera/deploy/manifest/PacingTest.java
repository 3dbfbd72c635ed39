package io.jenkins.plugins.shera.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.pod.PodPart;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacingTest {

    private static JsonNode deployment(ApplicationSpec.Draft draft) {
        Origin origin = new Origin("retail", "shop", "dev", "1", "");
        List<io.jenkins.plugins.shera.kube.manifest.Manifest> all =
                ApplicationManifests.of(draft.done(), Confidential.NONE, origin, "dev", 60);
        return all.get(all.size() - 1).content().path("spec");
    }

    @Test
    void saysHowManyPodsAnUpdateMayHaveMoreAndFewer() {
        JsonNode spec = deployment(ApplicationSpec.of("shop", "i").pacing(new Pacing("2", "50%", 7)));
        assertThat(spec.path("strategy"))
                .hasToString(
                        "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":2,\"maxUnavailable\":\"50%\"}}");
        assertThat(spec.path("minReadySeconds").asInt()).isEqualTo(7);
    }

    @Test
    void aReadinessProbeTakesThePlaceOfTheUsualOneAndOfWaiting() {
        PodSettings ready =
                PodSettings.of(List.of(new PodPart("probe", Map.of("kind", "readiness", "command", "true"))));
        JsonNode without = deployment(ApplicationSpec.of("shop", "i").pod(ready));
        assertThat(without.has("minReadySeconds")).isFalse();
        JsonNode with =
                deployment(ApplicationSpec.of("shop", "i").port(80, null).pod(ready));
        assertThat(with.at("/template/spec/containers/0/readinessProbe/exec/command/2")
                        .asText())
                .isEqualTo("true");
        assertThat(with.at("/template/spec/containers/0/readinessProbe").has("tcpSocket"))
                .isFalse();
        assertThatThrownBy(() -> ApplicationSpec.of("shop", "i")
                        .port(80, "/up")
                        .pod(ready)
                        .done())
                .hasMessageContaining("Give either it or a readiness probe in pod");
    }

    @Test
    void aVolumeOfOneWriterLeavesNoRollingUpdate() {
        VolumeSpec data = VolumeSpec.of("data", "/data").claimed("1Gi", null).done();
        assertThatThrownBy(() -> ApplicationSpec.of("shop", "i")
                        .volumes(List.of(data))
                        .pacing(new Pacing("1", "", 0))
                        .done())
                .hasMessageContaining("its pods are replaced all at once");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0%, '', 0", "-1, '', 0", "101%, '', 0", "1, x, 0", "1, 1, -1", "1, 1, 4000"})
    void refusesAnUpdateThatCouldNotGoOn(String more, String fewer, int ready) {
        assertThatThrownBy(() -> new Pacing(more, fewer, ready))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be the parameter m");
    }
}
