package io.jenkins.plugins.shera.terminal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a copy has of its pod, and what it must not have. */
class HeldPodTest {

    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: shop-5d8f-abcde
              namespace: test
              labels: {app.kubernetes.io/name: shop, pod-template-hash: 5d8f}
              annotations:
                prometheus.io/scrape: 'true'
                container.apparmor.security.beta.kubernetes.io/main: runtime/default
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: shop-5d8f, uid: u, controller: true}]
              finalizers: [example.org/hold]
            spec:
              nodeName: node-1
              hostname: shop-0
              subdomain: shop
              priority: 1000
              priorityClassName: important
              preemptionPolicy: PreemptLowerPriority
              restartPolicy: Always
              serviceAccountName: shop
              serviceAccount: shop
              securityContext: {runAsUser: 1000}
              nodeSelector: {disk: fast}
              topologySpreadConstraints: [{maxSkew: 1}]
              affinity:
                podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname}]}
                nodeAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms:
                    - matchExpressions: [{key: zone, operator: In, values: [a]}]
                    - matchExpressions: [{key: zone, operator: In, values: [b]}]
              volumes:
              - {name: kube-api-access-x1x2x, projected: {sources: []}}
              - {name: settings, configMap: {name: shop}}
              - {name: data, persistentVolumeClaim: {claimName: data}}
              initContainers:
              - {name: migrate, image: tools, volumeMounts: [{name: kube-api-access-x1x2x, mountPath: /t}]}
              containers:
              - name: main
                image: registry.example.org/shop:1
                imagePullPolicy: Always
                command: [java, -jar]
                args: [shop.jar]
                env: [{name: MODE, valueFrom: {configMapKeyRef: {name: shop, key: mode}}}]
                resources: {limits: {memory: 64Mi}}
                ports: [{containerPort: 8080, hostPort: 80}]
                livenessProbe: {tcpSocket: {port: 8080}}
                readinessProbe: {tcpSocket: {port: 8080}}
                startupProbe: {tcpSocket: {port: 8080}}
                lifecycle: {postStart: {exec: {command: [x]}}}
                volumeMounts:
                - {name: settings, mountPath: /etc/shop}
                - {name: data, mountPath: /data}
                - {name: kube-api-access-x1x2x, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}
              - {name: proxy, image: proxy, command: [proxy], livenessProbe: {tcpSocket: {port: 1}}}
            status: {phase: Running}
            """;

    private static final ImageStart START = new ImageStart(List.of("/entry"), List.of("serve"));

    private static JsonNode copy(Claims claims, boolean init) throws Exception {
        JsonNode pod = Manifests.read(POD, "pod").get(0).content();
        CopyOrder order = new CopyOrder("shop-5d8f-abcde", "main", "ada", Duration.ofMinutes(30), claims, init);
        return new HeldPod(pod, order, "main")
                .make(
                        "shop-5d8f-abcde-debug-xyz",
                        "shop",
                        "registry.example.org/shop@sha256:1",
                        START,
                        Map.of("data", true));
    }

    @Test
    void itIsTheSameInsideAndWaits() throws Exception {
        JsonNode main =
                copy(Claims.SHARED, true).path("spec").path("containers").path(0);
        assertThat(main.path("command").path(0).asText()).isEqualTo("sh");
        assertThat(main.has("args")).isFalse();
        assertThat(main.path("image").asText()).isEqualTo("registry.example.org/shop@sha256:1");
        assertThat(main.path("env").path(0).path("name").asText()).isEqualTo("MODE");
        assertThat(main.path("resources").path("limits").path("memory").asText())
                .isEqualTo("64Mi");
        assertThat(main.path("volumeMounts").findValuesAsText("mountPath")).containsExactly("/etc/shop", "/data");
        JsonNode spec = copy(Claims.SHARED, true).path("spec");
        assertThat(spec.path("serviceAccountName").asText()).isEqualTo("shop");
        assertThat(spec.path("securityContext").path("runAsUser").asInt()).isEqualTo(1000);
        assertThat(spec.path("nodeSelector").path("disk").asText()).isEqualTo("fast");
        assertThat(spec.path("containers").path(1).path("command").path(0).asText())
                .isEqualTo("proxy");
        assertThat(spec.path("activeDeadlineSeconds").asInt()).isEqualTo(1800);
        assertThat(spec.path("restartPolicy").asText()).isEqualTo("Never");
    }

    @Test
    void nothingOfTheApplicationTakesItForItsOwn() throws Exception {
        JsonNode copy = copy(Claims.SHARED, true);
        JsonNode metadata = copy.path("metadata");
        assertThat(metadata.path("labels").toString()).isEqualTo("{\"shera.io/debug-copy\":\"shop\"}");
        assertThat(metadata.has("ownerReferences") || metadata.has("finalizers") || copy.has("status"))
                .isFalse();
        assertThat(metadata.path("annotations").has("prometheus.io/scrape")).isFalse();
        assertThat(metadata.path("annotations").has("container.apparmor.security.beta.kubernetes.io/main"))
                .isTrue();
        assertThat(copy.toString())
                .doesNotContain(
                        "Probe",
                        "lifecycle",
                        "hostPort",
                        "hostname\":",
                        "subdomain",
                        "priority",
                        "preemption",
                        "nodeName",
                        "podAntiAffinity",
                        "topologySpread",
                        "kube-api-access");
    }

    @Test
    void itSaysWhatItIsOf() throws Exception {
        DebugCopy read = DebugCopy.read(copy(Claims.READONLY, false));
        assertThat(read.of()).isEqualTo("shop-5d8f-abcde");
        assertThat(read.application()).isEqualTo("shop");
        assertThat(read.container()).isEqualTo("main");
        assertThat(read.user()).isEqualTo("ada");
        assertThat(read.command()).containsExactly("java", "-jar", "shop.jar");
        assertThat(read.notes()).containsExactly("init", "readonly");
        assertThat(read.image()).endsWith("@sha256:1");
        assertThat(read.state()).isEqualTo("starting");
    }

    @Test
    void whatThePodLeavesOutTheImageSays() {
        assertThat(START.with(List.of(), List.of())).containsExactly("/entry", "serve");
        assertThat(START.with(List.of(), List.of("check"))).containsExactly("/entry", "check");
        assertThat(START.with(List.of("sh"), List.of())).containsExactly("sh");
        assertThat(START.with(List.of("sh"), List.of("-c"))).containsExactly("sh", "-c");
        assertThat(ImageStart.UNKNOWN.with(List.of(), List.of())).isEmpty();
    }

    @Test
    void aVolumeOfOneNodeKeepsItThere() throws Exception {
        JsonNode terms = copy(Claims.SHARED, true)
                .at("/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms");
        assertThat(terms).hasSize(2).allSatisfy(term -> {
            assertThat(term.at("/matchFields/0/values/0").asText()).isEqualTo("node-1");
            assertThat(term.at("/matchExpressions/0/key").asText()).isEqualTo("zone");
        });
        JsonNode empty = copy(Claims.EMPTY, true).path("spec");
        assertThat(empty.path("volumes").path(1).has("emptyDir")).isTrue();
        assertThat(empty.toString()).doesNotContain("matchFields", "persistentVolumeClaim");
        assertThat(copy(Claims.READONLY, true)
                        .path("spec")
                        .path("volumes")
                        .path(1)
                        .at("/persistentVolumeClaim/readOnly")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aLongNameIsCutAndStaysAName() {
        assertThat(HeldPod.name("a".repeat(44) + ".b" + "c".repeat(100), "xyz"))
                .isEqualTo("a".repeat(44) + "-debug-xyz");
        assertThat(HeldPod.name("shop.v2-0", "xyz")).isEqualTo("shop-v2-0-debug-xyz");
    }
}
