package io.jenkins.plugins.shera.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.PodSecurity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationManifestsTest {

    private static final String IMAGE = "r.example/shop@sha256:" + "0".repeat(64);
    private static final Origin ORIGIN = new Origin("retail", "shop", "dev", "req-1", "retail/release#7");

    private static List<Manifest> full() {
        ApplicationSpec spec = ApplicationSpec.of("shop", IMAGE)
                .replicas(3)
                .port(8080, "/healthz")
                .env(Map.of("MODE", "dev", "A", "1"))
                .resources("250m", "256Mi")
                .done();
        return ApplicationManifests.of(spec, Confidential.NONE, ORIGIN, "shop-dev", 600);
    }

    @Test
    void makesTheManifestsOfTheGoldenFile() throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(full().stream().map(Manifest::content).toList())
                .isEqualTo(json.readerForListOf(ObjectNode.class)
                        .readValue(getClass().getResource("shop.json")));
    }

    @Test
    void leavesReplicasToTheClusterUnlessTheyAreGiven() {
        List<Manifest> manifests = ApplicationManifests.of(
                ApplicationSpec.of("shop", IMAGE).done(), Confidential.NONE, ORIGIN, "shop-dev", 600);
        assertThat(manifests).singleElement().satisfies(deployment -> {
            assertThat(deployment.content().path("spec").has("replicas")).isFalse();
            assertThat(deployment.content().path("spec").path("minReadySeconds").asInt())
                    .isEqualTo(3);
        });
    }

    @Test
    void keepsTheRequestOutOfThePodTemplateSoThatTheSameRequestIsTheSameRevision() {
        ApplicationSpec spec = ApplicationSpec.of("shop", IMAGE).port(80, null).done();
        Origin other = new Origin("retail", "shop", "dev", "req-2", "retail/release#8");
        assertThat(ApplicationManifests.of(spec, Confidential.NONE, other, "n", 600)
                        .get(1)
                        .content()
                        .path("spec"))
                .isEqualTo(ApplicationManifests.of(spec, Confidential.NONE, ORIGIN, "n", 600)
                        .get(1)
                        .content()
                        .path("spec"));
    }

    @Test
    void keepsToPodSecurityBaseline() {
        assertThat(full()).allSatisfy(manifest -> assertThat(PodSecurity.violations(manifest.content()))
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "Shop, 80, '', ''",
        "'-shop', 80, '', ''",
        "'shop;rm', 80, '', ''",
        "1shop, 80, '', ''",
        "shop, 70000, '', ''",
        "shop, -1, '', ''",
        "shop, 80, ' 1', ''",
        "shop, 80, '1$(id)', ''",
        "shop, 80, '', 'healthz'",
        "shop, 0, '', '/healthz'"
    })
    void refusesWhatKubernetesWouldNotTake(String name, int port, String cpu, String path) {
        assertThatThrownBy(() -> ApplicationSpec.of(name, IMAGE)
                        .port(port, path)
                        .resources(cpu, null)
                        .done())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be the parameter")
                .hasMessageContaining("Give ");
    }

    @Test
    void furtherPortsStandInTheContainerAndInItsServiceAfterTheMainOne() {
        ApplicationSpec spec = ApplicationSpec.of("shop", IMAGE)
                .port(8080, null)
                .ports(Map.of("metrics", "9090", "admin", "8081"))
                .done();
        List<Manifest> made = ApplicationManifests.of(spec.withReplicas(2), Confidential.NONE, ORIGIN, "shop-dev", 600);
        assertThat(made.get(0).content().at("/spec/ports").findValuesAsText("port"))
                .containsExactly("8080", "8081", "9090");
        assertThat(made.get(0).content().at("/spec/ports").findValuesAsText("targetPort"))
                .containsExactly("main", "admin", "metrics");
        assertThat(made.get(1)
                        .content()
                        .at("/spec/template/spec/containers/0/ports")
                        .findValuesAsText("containerPort"))
                .containsExactly("8080", "8081", "9090");
    }

    @ParameterizedTest
    @CsvSource({"8080, main, 9090", "8080, Metrics, 9090", "8080, metrics, 8080", "8080, metrics, 0", "0, metrics, 9090"
    })
    void refusesAFurtherPortThatCannotBe(int main, String name, String number) {
        assertThatThrownBy(() -> ApplicationSpec.of("shop", IMAGE)
                        .port(main, null)
                        .ports(Map.of(name, number))
                        .done())
                .hasMessageContaining("cannot be the parameter ports. Give ");
    }

    @Test
    void refusesTheNameOfAVariableThatIsNone() {
        assertThatThrownBy(() -> ApplicationSpec.of("shop", IMAGE)
                        .env(Map.of("A=B\n", "x"))
                        .done())
                .hasMessage(
                        "'A=B?' cannot be the parameter env. Give letters, digits, '_', '-' and '.' for the name of a"
                                + " variable.");
    }

    @Test
    void knowsItsOwnObjects() {
        Manifest deployment = full().get(1);
        assertThat(ORIGIN.made(deployment.content())).isTrue();
        assertThat(new Origin("retail", "shop", "dev", "req-2", "").made(deployment.content()))
                .isFalse();
        assertThat(new Origin("retail", "shop", "dev", "req-2", "").owns(deployment.content()))
                .isTrue();
        assertThat(new Origin("other", "shop", "dev", "req-1", "").owns(deployment.content()))
                .isFalse();
    }
}
