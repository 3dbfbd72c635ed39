package io.jenkins.plugins.shera.deploy.steps.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.config.ApmAgent;
import io.jenkins.plugins.shera.deploy.config.ApmConfiguration;
import io.jenkins.plugins.shera.deploy.config.ApmTenant;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.config.Freeze;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job switches an agent on and off in the real cluster. */
@Tag("cluster")
@WithJenkins
class SwitchApmStepTest {

    private static final String DEPLOY =
            "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0,"
                    + " env: [JAVA_TOOL_OPTIONS: '-Xmx64m', ROUND: '%s'])";

    private static void agent() {
        ApmAgent agent = new ApmAgent(
                "tiny", "localhost/busybox:1", "/bin/busybox", "-javaagent:${dir}/busybox=${collector},${sampling}");
        agent.setEnv("APM_POD=${pod}\nAPM_NAME=${application:24}");
        agent.setPage("https://apm.example/${tenant}/${application}");
        ApmTenant retail = new ApmTenant("retail");
        retail.setCollector("collector.retail:9991");
        retail.setSampling("20");
        agent.setTenants(List.of(retail));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            ApmConfiguration.get().setAgents(List.of(agent));
        }
    }

    private static JsonNode stable(TestCluster cluster) throws Exception {
        return cluster.api().get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path());
    }

    private static String options(TestCluster cluster) throws Exception {
        for (JsonNode each : stable(cluster).at("/spec/template/spec/containers/0/env")) {
            if (each.path("name").asText().equals("JAVA_TOOL_OPTIONS")) {
                return each.path("value").asText();
            }
        }
        return "";
    }

    private static WorkflowRun run(JenkinsRule rule, WorkflowJob job, Result expected, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return rule.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    @Test
    void aJobSwitchesOnDeploysAndSwitchesOff(JenkinsRule rule) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            WorkflowJob job = ShopTenant.job(cluster, rule, false, "echo 'set below'");
            rule.assertLogContains(
                    "nobody said which agent. Known are []",
                    run(rule, job, Result.FAILURE, deploy("sleep") + "; switchApm(application: 'shop', mode: 'on')"));
            JsonNode before = stable(cluster).at("/spec/template");
            agent();
            rule.assertLogContains(
                    "'half' cannot be the parameter mode",
                    run(rule, job, Result.FAILURE, "switchApm(application: 'shop', mode: 'half')"));
            rule.assertLogContains(
                    "the tenant retail has no APM agent 'other'. Known are [tiny]",
                    run(rule, job, Result.FAILURE, "switchApm(application: 'shop', mode: 'on', agent: 'other')"));

            WorkflowRun on = run(rule, job, Result.SUCCESS, "switchApm(application: 'shop', mode: 'on')");
            rule.assertLogContains("0 pods are replaced", on);
            rule.assertLogContains("The agent is tiny: https://apm.example/retail/shop", on);
            rule.assertLogContains("Released APM on (tiny) with localhost/busybox:1", on);
            assertThat(options(cluster)).isEqualTo("-Xmx64m -javaagent:/shera-apm/busybox=collector.retail:9991,20");

            run(rule, job, Result.SUCCESS, deploy("again"));
            assertThat(ApmState.of(stable(cluster))).as("a deployment keeps it").hasToString("on (tiny)");
            assertThat(options(cluster)).startsWith("-Xmx64m -javaagent:");
            run(rule, job, Result.SUCCESS, deploy("sleep"));

            freeze(true);
            rule.assertLogContains(
                    "is frozen", run(rule, job, Result.FAILURE, "switchApm(application: 'shop', mode: 'off')"));
            freeze(false);
            run(rule, job, Result.SUCCESS, "switchApm(application: 'shop', mode: 'off')");
            assertThat(stable(cluster).at("/spec/template")).isEqualTo(before);

            WorkflowRun canary = run(rule, job, Result.SUCCESS, "switchApm(application: 'shop', mode: 'canary')");
            rule.assertLogContains("no pod was replaced", canary);
            run(rule, job, Result.SUCCESS, deploy("third"));
            assertThat(ApmState.of(stable(cluster))).hasToString("canary (tiny)");

            WorkflowJob other = rule.createProject(Folder.class, "other").createProject(WorkflowJob.class, "job");
            WorkflowRun refused =
                    run(rule, other, Result.FAILURE, "switchApm(application: 'shop', mode: 'on', tenant: 'retail')");
            rule.assertLogContains("Cannot switch APM of shop.", refused);
            assertThat(ApmState.of(stable(cluster))).hasToString("canary (tiny)");
        }
    }

    @Test
    void aDeploymentSaysHowItLeavesTheSwitch(JenkinsRule rule) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            WorkflowJob job = ShopTenant.job(cluster, rule, false, "echo 'set below'");
            rule.assertLogContains(
                    "APM cannot be switched on: nobody said which agent. Known are []",
                    run(rule, job, Result.FAILURE, deploy("1", "on")));
            assertThat(cluster.api().find(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop")))
                    .as("nothing was changed")
                    .isEmpty();
            agent();
            rule.assertLogContains(
                    "the tenant retail has no APM agent 'other'", run(rule, job, Result.FAILURE, deploy("1", "other")));
            rule.assertLogContains(
                    "'half on' cannot be the parameter apm", run(rule, job, Result.FAILURE, deploy("1", "half on")));

            run(rule, job, Result.SUCCESS, deploy("1", "tiny"));
            assertThat(ApmState.of(stable(cluster)))
                    .as("at the first deployment")
                    .hasToString("on (tiny)");
            assertThat(options(cluster)).isEqualTo("-Xmx64m -javaagent:/shera-apm/busybox=collector.retail:9991,20");
            run(rule, job, Result.SUCCESS, deploy("2"));
            assertThat(ApmState.of(stable(cluster))).as("left out, it stays").hasToString("on (tiny)");
            run(rule, job, Result.SUCCESS, deploy("3", "canary:tiny"));
            assertThat(ApmState.of(stable(cluster))).hasToString("canary (tiny)");
            assertThat(options(cluster)).isEqualTo("-Xmx64m");
            run(rule, job, Result.SUCCESS, deploy("3", "on"));
            assertThat(ApmState.of(stable(cluster))).hasToString("on (tiny)");
            assertThat(ApmState.mark(stable(cluster))).isEmpty();
            run(rule, job, Result.SUCCESS, deploy("3", "off"));
            assertThat(ApmState.of(stable(cluster))).hasToString("off");
            assertThat(options(cluster)).isEqualTo("-Xmx64m");
        }
    }

    private static String deploy(String round, String apm) {
        return deploy(round).replace(", replicas: 0", ", replicas: 0, apm: '" + apm + "'");
    }

    private static String deploy(String round) {
        return DEPLOY.formatted(round);
    }

    private static void freeze(boolean now) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Tenant retail = SheraConfiguration.get().tenant("retail");
            Freeze freeze = new Freeze("year's end");
            retail.setFreezes(now ? List.of(freeze) : List.of());
            SheraConfiguration.get().setTenants(List.of(retail));
        }
    }
}
