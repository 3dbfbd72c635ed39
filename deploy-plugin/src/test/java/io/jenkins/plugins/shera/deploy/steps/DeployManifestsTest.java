package io.jenkins.plugins.shera.deploy.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.RolloutStore;
import io.jenkins.plugins.shera.deploy.canary.Seal;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Own manifests by the step, in the cluster that KUBECONFIG names. */
@Tag("cluster")
class DeployManifestsTest {

    private static final String SLEEPER =
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: w}, spec: {replicas: %d, selector: {matchLabels:"
                    + " {app: w}}, template: {metadata: {labels: {app: w}}, spec: {terminationGracePeriodSeconds: 0,"
                    + " containers: [{name: c, image: \"%s\", command: [sleep, \"3600\"]}]}}}}";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static String script(String yaml, String more) {
        return "deployManifests(application: 'shop', manifests: '" + yaml + "'" + more + ")";
    }

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String script)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private static void onlyBuilt() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Application shop = SheraConfiguration.get().application("retail", "shop");
            EnvironmentPolicy policy = new EnvironmentPolicy();
            policy.setImages(EnvironmentPolicy.BUILT);
            shop.getEnvironments().get(0).setPolicy(policy);
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }

    @Test
    void appliesWaitsAndHoldsTheRulesForEveryImage() throws Throwable {
        try (TestCluster cluster = TestCluster.open()) {
            ObjectRef ref = new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "w");
            sessions.then(jenkins -> {
                WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
                String sleeper = SLEEPER.formatted(1, "localhost/busybox:1");
                WorkflowRun run = run(jenkins, job, Result.SUCCESS, script(sleeper, ", dryRun: true"));
                jenkins.assertLogContains("create Deployment " + ref.namespace() + "/w", run);
                jenkins.assertLogContains("Nothing was changed (dryRun).", run);
                assertThat(cluster.api().find(ref)).isEmpty();

                run = run(jenkins, job, Result.SUCCESS, script(sleeper, ""));
                jenkins.assertLogContains("Deployed manifests 'all' of shop in prod", run);
                JsonNode live = cluster.api().get(ref.path());
                assertThat(live.at("/metadata/annotations/shera.io~1tenant").asText())
                        .isEqualTo("retail");
                assertThat(live.at("/status/availableReplicas").asInt()).isEqualTo(1);

                run = run(
                        jenkins,
                        job,
                        Result.FAILURE,
                        script(
                                "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: true, containers:"
                                        + " []}}",
                                ""));
                jenkins.assertLogContains("hostPID asks for a namespace of the node", run);
                jenkins.assertLogNotContains("\tat ", run);
                run = run(jenkins, job, Result.FAILURE, script(sleeper, ", tenant: \"another\""));
                jenkins.assertLogContains("Cannot deploy the manifests of shop. ", run);
                run = run(jenkins, job, Result.FAILURE, script("{a: 1, a: 2}", ""));
                jenkins.assertLogContains("manifests: document 1", run);

                onlyBuilt();
                run = run(jenkins, job, Result.FAILURE, script(sleeper, ""));
                jenkins.assertLogContains("and localhost/busybox:1 is named by a tag", run);
                run = run(jenkins, job, Result.FAILURE, script(sleeper, ", override: \"at night\""));
                jenkins.assertLogContains("SYSTEM", run);
            });
        }
    }

    @Test
    void goesOnAfterARestartAndFailsWithThePodsReason() throws Throwable {
        try (TestCluster cluster = TestCluster.open()) {
            sessions.then(jenkins -> {
                WorkflowJob job = ShopTenant.job(
                        cluster, jenkins, false, script(SLEEPER.formatted(1, "localhost:1/absent:1"), ", timeout: 20"));
                WorkflowRun run = job.scheduleBuild2(0).waitForStart();
                jenkins.waitForMessage("0 of 1 available", run);
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("retail/release", WorkflowJob.class)
                        .getLastBuild();
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("localhost:1/absent:1", run);
                JsonNode live =
                        cluster.api().get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "w").path());
                assertThat(live.at("/metadata/generation").asInt()).isEqualTo(1);
            });
        }
    }

    private static final String SHOP =
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: %s}, spec: {replicas: 0,"
                    + " selector: {matchLabels: {app: %s}}, template: {metadata: {labels: {app: %s}},"
                    + " spec: {containers: [{name: shop, image: \"%s\"}]}}}}";

    private static String shop(String name, String image) {
        return script(SHOP.formatted(name, name, name, image), "");
    }

    @Test
    void whatSomebodyWentBackFromNeedsAReasonHereToo() throws Throwable {
        try (TestCluster cluster = TestCluster.open()) {
            ObjectRef ref = new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop");
            sessions.then(jenkins -> {
                WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
                run(jenkins, job, Result.SUCCESS, shop("shop", "localhost/busybox:1"));
                JsonNode old = cluster.api().get(ref.path()).at("/spec/template");
                run(jenkins, job, Result.SUCCESS, shop("shop", "localhost/busybox:2"));
                JsonNode left = cluster.api().get(ref.path()).at("/spec/template");
                run(jenkins, job, Result.SUCCESS, shop("shop", "localhost/busybox:1"));
                Subject subject = new Subject("retail", "shop", "prod", "real", cluster.namespace());
                RolloutPlan plan = new RolloutPlan(
                        "r1", subject, List.of(), "replicas", Map.of(), left, old, 60, false, "ada", "");
                new RolloutStore(cluster.api(), new Seal(new byte[] {1}), subject)
                        .save(
                                plan,
                                RolloutStatus.of(
                                        new ObjectMapper().readTree("{\"phase\":\"Healthy\",\"settled\":true}")),
                                "");

                WorkflowRun run = run(jenkins, job, Result.FAILURE, shop("shop", "localhost/busybox:2"));
                jenkins.assertLogContains("localhost/busybox:2 was undone by ada.", run);
                jenkins.assertLogContains("override this with a reason: the parameter override", run);
                assertThat(cluster.api().get(ref.path()).at("/spec/template")).isEqualTo(old);

                ManifestDesk desk = new ManifestDesk(
                        SheraConfiguration.get().application("retail", "shop"),
                        SheraConfiguration.get()
                                .application("retail", "shop")
                                .getEnvironments()
                                .get(0));
                String yaml = SHOP.formatted("shop", "shop", "shop", "localhost/busybox:2");
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    assertThatThrownBy(() -> desk.deploy(new ManifestDesk.Order(yaml, "", true, "", false)))
                            .isInstanceOf(Refusal.class)
                            .hasMessageContaining("was undone by ada");
                    assertThat(desk.deploy(new ManifestDesk.Order(yaml, "", true, "mended meanwhile", true)))
                            .anyMatch(each -> each.startsWith("OVERRIDDEN: ") && each.endsWith("mended meanwhile"));
                }
                run(jenkins, job, Result.SUCCESS, shop("shop", "localhost/busybox:3"));
                run(jenkins, job, Result.SUCCESS, shop("other", "localhost/busybox:2"));
            });
        }
    }
}
