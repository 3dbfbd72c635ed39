package io.jenkins.plugins.shera.deploy.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.manifest.PodSecurity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSettingsTest {

    /** {@code part("probe", "kind=liveness", "path=/x")}. */
    static PodPart part(String type, String... values) {
        Map<String, String> map = new HashMap<>();
        Arrays.stream(values)
                .map(each -> each.split("=", 2))
                .forEach(each -> map.put(each[0], each.length == 1 ? "" : each[1]));
        return new PodPart(type, map);
    }

    private static ObjectNode template(String ports) throws Exception {
        return (ObjectNode) new ObjectMapper()
                .readTree(
                        "{\"metadata\":{\"labels\":{\"app.kubernetes.io/name\":\"shop\",\"shera.io/track\":\"stable\"}},"
                                + "\"spec\":{\"automountServiceAccountToken\":false,\"affinity\":{\"nodeAffinity\":{\"kept\":1}},"
                                + "\"containers\":[{\"name\":\"proxy\"},{\"name\":\"shop\",\"lifecycle\":{\"postStart\":{\"kept\":1}},"
                                + "\"ports\":" + ports + "}]}}");
    }

    private static ObjectNode onto(String ports, PodPart... parts) throws Exception {
        ObjectNode template = template(ports);
        PodSettings.of(List.of(parts)).onto(template, "shop");
        return template;
    }

    @Test
    void saysNothingOfWhatIsNotSaid() throws Exception {
        assertThat(onto("[]")).isEqualTo(template("[]"));
    }

    @Test
    void probesTheApplicationsOwnContainerAtItsOwnPortUnlessAnotherIsNamed() throws Exception {
        ObjectNode template = onto(
                "[{\"name\":\"main\",\"containerPort\":8080}]",
                part("probe", "kind=readiness", "path=/ready", "scheme=HTTPS", "successThreshold=2"),
                part("probe", "kind=liveness", "by=grpc", "graceSeconds=5"),
                part("probe", "kind=startup", "command=test -f /tmp/up", "failureThreshold=10"));
        assertThat(template.at("/spec/containers/0").size()).isEqualTo(1);
        assertThat(template.at("/spec/containers/1/readinessProbe"))
                .hasToString(
                        "{\"httpGet\":{\"path\":\"/ready\",\"scheme\":\"HTTPS\",\"port\":\"main\"},\"periodSeconds\":2,"
                                + "\"timeoutSeconds\":2,\"failureThreshold\":3,\"successThreshold\":2}");
        assertThat(template.at("/spec/containers/1/livenessProbe"))
                .hasToString(
                        "{\"grpc\":{\"port\":8080},\"periodSeconds\":10,\"timeoutSeconds\":2,\"failureThreshold\":3,"
                                + "\"terminationGracePeriodSeconds\":5}");
        assertThat(template.at("/spec/containers/1/startupProbe"))
                .hasToString("{\"exec\":{\"command\":[\"/bin/sh\",\"-c\",\"test -f /tmp/up\"]},\"periodSeconds\":2,"
                        + "\"timeoutSeconds\":2,\"failureThreshold\":10}");
        assertThat(onto("[]", part("probe", "kind=liveness", "port=9090"))
                        .at("/spec/containers/1/livenessProbe/tcpSocket/port")
                        .asInt())
                .isEqualTo(9090);
        assertThatThrownBy(() -> onto("[]", part("probe", "kind=liveness")))
                .hasMessageContaining("needs a port, and the container has none. Give port");
    }

    @Test
    void keepsWhatItDoesNotKnowBesideWhatItSets() throws Exception {
        ObjectNode template = onto(
                "[{\"containerPort\":80}]",
                part("serviceAccount", "name=shop"),
                part("nodeSelector", "labels=disk=ssd, example.com/zone=a"),
                part("toleration", "key=gpu", "value=yes", "effect=NoExecute", "seconds=60"),
                part("toleration", "key=spot"),
                part("spread", "over=zone", "required=true"),
                part("antiAffinity", "required=false"),
                part("termination", "graceSeconds=60", "path=/drain"));
        ObjectNode spec = (ObjectNode) template.get("spec");
        assertThat(spec.path("serviceAccountName").asText()).isEqualTo("shop");
        assertThat(spec.path("automountServiceAccountToken").asBoolean()).isTrue();
        assertThat(spec.path("nodeSelector")).hasToString("{\"disk\":\"ssd\",\"example.com/zone\":\"a\"}");
        assertThat(spec.path("tolerations"))
                .hasToString("[{\"key\":\"gpu\",\"operator\":\"Equal\",\"value\":\"yes\",\"effect\":\"NoExecute\","
                        + "\"tolerationSeconds\":60},{\"key\":\"spot\",\"operator\":\"Exists\"}]");
        String chosen = "\"labelSelector\":{\"matchLabels\":{\"app.kubernetes.io/name\":\"shop\"}},"
                + "\"matchLabelKeys\":[\"pod-template-hash\"]";
        assertThat(spec.path("topologySpreadConstraints"))
                .hasToString("[{\"maxSkew\":1,\"topologyKey\":\"topology.kubernetes.io/zone\","
                        + "\"whenUnsatisfiable\":\"DoNotSchedule\"," + chosen + "}]");
        assertThat(spec.path("affinity"))
                .hasToString("{\"nodeAffinity\":{\"kept\":1},\"podAntiAffinity\":{"
                        + "\"preferredDuringSchedulingIgnoredDuringExecution\":[{\"weight\":100,\"podAffinityTerm\":"
                        + "{\"topologyKey\":\"kubernetes.io/hostname\"," + chosen + "}}]}}");
        assertThat(spec.at("/containers/1/lifecycle"))
                .hasToString(
                        "{\"postStart\":{\"kept\":1},\"preStop\":{\"httpGet\":{\"path\":\"/drain\",\"port\":80}}}");
        assertThat(spec.path("terminationGracePeriodSeconds").asInt()).isEqualTo(60);
        assertThat(PodSecurity.violations(template)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "probe | kind=alive | readiness, liveness or startup",
                "probe | kind=liveness;by=ftp | http, tcp, exec or grpc",
                "probe | kind=liveness;path=healthz | a path such as /healthz",
                "probe | kind=liveness;path=/a b | a path such as /healthz",
                "probe | kind=liveness;by=tcp;path=/a | it only with by: 'http'",
                "probe | kind=liveness;host=169.254.169.254 | one of [by, command",
                "probe | kind=liveness;command=a;port=5 | none with by: 'exec'",
                "probe | kind=liveness;port=70000 | a whole number from 1 to 65535",
                "probe | kind=liveness;periodSeconds=1e9 | a whole number",
                "probe | kind=liveness;successThreshold=2 | 1 for a liveness probe",
                "probe | kind=readiness;graceSeconds=2 | none for a readiness probe",
                "serviceAccount | name=kube-system/default | the name of a ServiceAccount",
                "serviceAccount | name= | the name of a ServiceAccount",
                "nodeSelector | labels=disk | labels of nodes such as",
                "nodeSelector | labels=a=b,a=c | labels of nodes such as",
                "toleration | value=x | the key of a taint",
                "toleration | key=x;effect=Never | NoSchedule, PreferNoSchedule or NoExecute",
                "toleration | key=x;seconds=5 | it only with effect: 'NoExecute'",
                "spread | over=a b | host, zone or the key",
                "spread | required=perhaps | true or false",
                "termination | sleepSeconds=30 | fewer seconds than graceSeconds (30)",
                "termination | graceSeconds=60;sleepSeconds=5;path=/x | at most one of",
                "termination | x=1 | one of [command",
                "hostPath | path=/ | probe, serviceAccount, nodeSelector"
            })
    void refusesWhatKubernetesWouldNotTakeOrATenantMayNotHave(String type, String values, String message) {
        assertThatThrownBy(() -> PodSettings.of(List.of(part(type, values.split(";")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter pod")
                .hasMessageContaining(message);
    }

    @Test
    void refusesTheSameTwiceAndMoreThanAnybodyNeeds() {
        assertThatThrownBy(() -> PodSettings.of(
                        List.of(part("probe", "kind=liveness", "port=1"), part("probe", "kind=liveness", "port=2"))))
                .hasMessage("The parameter pod has more than one liveness probe. Leave one out.");
        assertThatThrownBy(() -> PodSettings.of(Stream.generate(() -> part("toleration", "key=a"))
                        .limit(51)
                        .toList()))
                .hasMessageContaining("Give at most 50");
    }
}
