package io.jenkins.plugins.shera.deploy.steps.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Settings of pods by the steps, in the cluster that KUBECONFIG names. */
@Tag("cluster")
@WithJenkins
class PodSettingPartTest {

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String script)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private static String deploy(String more) {
        return "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0, port: 8080, " + more
                + ")";
    }

    @Test
    void aBuildSaysHowItsPodsAreProbedPlacedAndEnded(JenkinsRule jenkins) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
            jenkins.assertLogContains(
                    "cannot be seconds of toleration in the parameter pod",
                    run(jenkins, job, Result.FAILURE, deploy("pod: [toleration(key: 'a', seconds: 5)]")));
            jenkins.assertLogContains(
                    "so nothing was changed: there is no ServiceAccount builder",
                    run(jenkins, job, Result.FAILURE, deploy("pod: [serviceAccount('builder')]")));
            run(
                    jenkins,
                    job,
                    Result.SUCCESS,
                    deploy(
                            "maxSurge: '2', maxUnavailable: '10%', minReadySeconds: 3, pod: [probe(kind: 'liveness', path:"
                                    + " '/live', failureThreshold: 7), nodeSelector('kubernetes.io/os=linux'), toleration(key:"
                                    + " 'gpu', effect: 'NoSchedule'), spread(over: 'zone', maxSkew: 2), antiAffinity(required:"
                                    + " true), termination(graceSeconds: 60, sleepSeconds: 10)]"));
            JsonNode spec = cluster.api()
                    .get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path())
                    .path("spec");
            assertThat(spec.at("/strategy/rollingUpdate")).hasToString("{\"maxUnavailable\":\"10%\",\"maxSurge\":2}");
            assertThat(spec.path("minReadySeconds").asInt()).isEqualTo(3);
            JsonNode pod = spec.at("/template/spec");
            assertThat(pod.at("/containers/0/livenessProbe/failureThreshold").asInt())
                    .isEqualTo(7);
            assertThat(pod.at("/containers/0/readinessProbe/tcpSocket/port").asText())
                    .isEqualTo("main");
            assertThat(pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt())
                    .isEqualTo(10);
            assertThat(pod.at("/topologySpreadConstraints/0/maxSkew").asInt()).isEqualTo(2);
            assertThat(pod.at("/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution")
                            .size())
                    .isEqualTo(1);
            assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(60);
        }
    }

    @Test
    void aCanaryBringsSettingsOverThoseOfStable(JenkinsRule jenkins) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealRollout shop = new RealRollout(cluster);
            shop.deploy(1);
            WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
            String canary = "canary(application: 'shop', image: 'localhost/busybox:1', env: [VERSION: '2'],"
                    + " progressDeadlineSeconds: 120, steps: [setWeight(50)], pod: [%s])";
            jenkins.assertLogContains(
                    "there is no ServiceAccount builder",
                    run(jenkins, job, Result.FAILURE, canary.formatted("serviceAccount('builder')")));
            assertThat(shop.canary()).isEmpty();
            run(
                    jenkins,
                    job,
                    Result.SUCCESS,
                    canary.formatted("probe(kind: 'liveness', path: '/'), termination(graceSeconds: 2)"));
            JsonNode pod = shop.stable().at("/spec/template/spec");
            assertThat(pod.at("/containers/0/livenessProbe/httpGet/port").asText())
                    .isEqualTo("main");
            assertThat(pod.at("/containers/0/readinessProbe/periodSeconds").asInt())
                    .isEqualTo(1);
            assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(2);
        }
    }
}
