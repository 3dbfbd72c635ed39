package io.jenkins.plugins.shera.kube.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.kube.api.Kinds;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All kinds used here are known by heart, so the guard never asks a cluster. */
class GuardTest {

    private final Guard guard = new Guard(Set.of("shop-dev", "shop-prod"), new Kinds(null));

    private List<Manifest> check(String yaml) throws Exception {
        return guard.check(Manifests.read(yaml, "f"), "shop-dev");
    }

    @Test
    void placesAManifestThatNamesNoNamespace() throws Exception {
        assertThat(check("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"))
                .singleElement()
                .extracting(Manifest::namespace)
                .isEqualTo("shop-dev");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rbac.authorization.k8s.io/v1 | RoleBinding | rights are given by the cluster's administrators",
                "rbac.authorization.k8s.io/v1 | ClusterRole | rights are given by the cluster's administrators",
                "v1 | ResourceQuota | the tenant's limits are set on the tenant's page",
                "v1 | Namespace | it belongs to the whole cluster, not to a namespace",
                "v1 | PersistentVolume | it belongs to the whole cluster, not to a namespace"
            })
    void refusesKindsThatAreNotATenants(String version, String kind, String why) {
        assertThatThrownBy(() -> check("{apiVersion: " + version + ", kind: " + kind + ", metadata: {name: a}}"))
                .hasMessage("f: document 1, line 1: " + kind + " a is refused: " + why + ".");
    }

    @Test
    void refusesTheNamespaceOfSomebodyElse() {
        assertThatThrownBy(() -> check("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: kube-system}}"))
                .hasMessage(
                        "f: document 1, line 1: Secret a is for namespace 'kube-system', which is not this tenant's."
                                + " Its namespaces are shop-dev, shop-prod.");
    }

    @Test
    void refusesAServiceThatTakesAddresses() {
        assertThatThrownBy(() ->
                        check("{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {externalIPs: [10.0.0.1]}}"))
                .hasMessageContaining("externalIPs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostNetwork: true | spec.template.spec.hostNetwork",
                "hostPID: true | spec.template.spec.hostPID",
                "hostIPC: 'true' | spec.template.spec.hostIPC",
                "volumes: [{name: v, hostPath: {path: /}}] | volumes[v].hostPath",
                "securityContext: {sysctls: [{name: kernel.msgmax}]} | the kernel setting kernel.msgmax",
                "securityContext: {seccompProfile: {type: Unconfined}} | seccomp switched off",
                "initContainers: [{name: i, securityContext: {privileged: true}}] | initContainers[i].securityContext.privileged",
                "initContainers: [{name: i, securityContext: {capabilities: {add: [SYS_ADMIN]}}}] | the capability SYS_ADMIN",
                "initContainers: [{name: i, securityContext: {procMount: Unmasked}}] | an open /proc",
                "initContainers: [{name: i, ports: [{hostPort: 80}]}] | hostPort",
                "initContainers: [{name: i, livenessProbe: {httpGet: {host: 169.254.169.254}}}] | calls to another host",
                "securityContext: {seLinuxOptions: {type: spc_t}} | SELinux",
                "securityContext: {windowsOptions: {hostProcess: true}} | hostProcess"
            })
    void namesWhatBaselineDoesNotAllow(String part, String named) {
        assertThatThrownBy(() -> check("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a},"
                        + " spec: {template: {spec: {containers: [{name: c}], " + part + "}}}}"))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("Pod Security 'baseline'");
    }

    @Test
    void looksIntoPodsOfAnyDepth() {
        assertThatThrownBy(() -> check("{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate:"
                        + " {spec: {template: {spec: {hostNetwork: true, containers: [{name: c}]}}}}}}"))
                .hasMessageContaining("spec.jobTemplate.spec.template.spec.hostNetwork");
    }

    @Test
    void letsAnOrdinaryDeploymentPass() throws Exception {
        assertThat(check("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: {"
                        + "securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: c, ports:"
                        + " [{containerPort: 80}], securityContext: {privileged: false, capabilities: {add:"
                        + " [NET_BIND_SERVICE], drop: [ALL]}}}]}}}}"))
                .hasSize(1);
    }
}
