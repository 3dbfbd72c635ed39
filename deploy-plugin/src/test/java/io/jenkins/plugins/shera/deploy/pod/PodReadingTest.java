package io.jenkins.plugins.shera.deploy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodReadingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode template(boolean port) throws Exception {
        return (ObjectNode) JSON.readTree("{\"metadata\":{\"labels\":{\"app.kubernetes.io/name\":\"shop\"}},\"spec\":"
                + "{\"containers\":[{\"name\":\"shop\""
                + (port ? ",\"ports\":[{\"name\":\"main\",\"containerPort\":8080}]" : "") + "}]}}");
    }

    private static PodReading read(ObjectNode template) {
        return new PodReading(template, template.at("/spec/containers/0"));
    }

    private static ObjectNode with(List<PodPart> parts, boolean port) throws Exception {
        ObjectNode template = template(port);
        PodSettings.of(parts).onto(template, "shop");
        return template;
    }

    @Test
    void whatWasSaidIsReadBackAndMakesTheSamePod() throws Exception {
        List<PodPart> parts = List.of(
                new PodPart("probe", Map.of("kind", "readiness", "path", "/r", "scheme", "HTTPS", "port", "9000")),
                new PodPart("probe", Map.of("kind", "liveness", "command", "test -f /ok", "periodSeconds", 30)),
                new PodPart("probe", Map.of("kind", "startup", "by", "grpc", "service", "s", "graceSeconds", 5)),
                new PodPart("serviceAccount", Map.of("name", "shop")),
                new PodPart("nodeSelector", Map.of("labels", "disk=ssd,zone=a")),
                new PodPart("toleration", Map.of("key", "gpu", "value", "yes", "effect", "NoExecute", "seconds", 60)),
                new PodPart("toleration", Map.of("key", "spot")),
                new PodPart("spread", Map.of("over", "zone", "maxSkew", 2, "required", true)),
                new PodPart("antiAffinity", Map.of("over", "host", "required", true)),
                new PodPart("antiAffinity", Map.of("over", "example.com/rack")),
                new PodPart("termination", Map.of("graceSeconds", 60, "sleepSeconds", 10)));
        ObjectNode made = with(parts, true);
        PodReading reading = read(made);
        assertThat(reading.unsaid()).isEmpty();
        assertThat(with(reading.parts(), true)).isEqualTo(made);
    }

    @Test
    void whatTheServerAddsIsNoAnswerOfAnybody() throws Exception {
        ObjectNode live = template(true);
        ObjectNode container = (ObjectNode) live.at("/spec/containers/0");
        container.set(
                "readinessProbe",
                JSON.readTree(
                        "{\"httpGet\":{\"path\":\"/healthz\",\"port\":\"main\",\"scheme\":\"HTTP\"},\"periodSeconds\":2,"
                                + "\"timeoutSeconds\":2,\"failureThreshold\":3,\"successThreshold\":1}"));
        live.withObjectProperty("spec").put("terminationGracePeriodSeconds", 30).put("restartPolicy", "Always");
        PodReading reading = read(live);
        assertThat(reading.probePath()).isEqualTo("/healthz");
        assertThat(reading.parts()).isEmpty();
        assertThat(reading.unsaid()).isEmpty();
    }

    @Test
    void whatCannotBeSaidIsNamed() throws Exception {
        ObjectNode live = template(false);
        ObjectNode container = (ObjectNode) live.at("/spec/containers/0");
        container.set("livenessProbe", JSON.readTree("{\"exec\":{\"command\":[\"/probe\"]}}"));
        container.set("lifecycle", JSON.readTree("{\"postStart\":{\"exec\":{\"command\":[\"a\"]}}}"));
        container.set(
                "startupProbe",
                JSON.readTree(
                        "{\"httpGet\":{\"path\":\"/\",\"port\":80,\"httpHeaders\":[{\"name\":\"a\",\"value\":\"b\"}]}}"));
        ObjectNode spec = live.withObjectProperty("spec");
        spec.set("tolerations", JSON.readTree("[{\"operator\":\"Exists\"}]"));
        spec.set(
                "affinity",
                JSON.readTree("{\"nodeAffinity\":{},\"podAntiAffinity\":"
                        + "{\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"a\"}]}}"));
        assertThat(read(live).unsaid())
                .containsExactlyInAnyOrder(
                        "livenessProbe", "startupProbe", "postStart", "tolerations", "nodeAffinity", "podAntiAffinity");
        assertThat(read(live).parts()).isEmpty();
    }
}
