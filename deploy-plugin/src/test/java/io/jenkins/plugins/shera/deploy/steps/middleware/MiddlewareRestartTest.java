package io.jenkins.plugins.shera.deploy.steps.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.config.MiddlewareConfiguration;
import io.jenkins.plugins.shera.deploy.config.MiddlewareImage;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A deployment of middleware outlives Jenkins, and the environment's policy of images holds for it. */
@Tag("cluster")
class MiddlewareRestartTest {

    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    private static final ResourceKind SET = new ResourceKind("apps/v1", "StatefulSet", "statefulsets", true);
    private static final String DEPLOY = "deployMiddleware(application: 'shop', name: 'shop-cache', template: 'redis',"
            + " size: '16Mi', memory: '64Mi', timeout: 20)";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static void offer(String image) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            MiddlewareConfiguration.get().setImages(List.of(new MiddlewareImage("redis", "7.0", image)));
        }
    }

    private static String password(TestCluster cluster) throws Exception {
        return cluster.api()
                .get(new ObjectRef(SECRET, cluster.namespace(), "shop-cache-credentials").path())
                .at("/data/password")
                .asText();
    }

    private static JsonNode set(TestCluster cluster) throws Exception {
        return cluster.api().get(new ObjectRef(SET, cluster.namespace(), "shop-cache").path());
    }

    @Test
    void goesOnAfterARestartWithTheSameCredentialsAndTellsThePodsReason() throws Throwable {
        try (TestCluster cluster = TestCluster.open()) {
            String[] first = new String[1];
            sessions.then(jenkins -> {
                WorkflowJob job = ShopTenant.job(cluster, jenkins, false, DEPLOY);
                offer("localhost:1/absent:1");
                WorkflowRun run = job.scheduleBuild2(0).waitForStart();
                jenkins.waitForMessage("0 of 1", run);
                first[0] = password(cluster);
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("retail/release", WorkflowJob.class)
                        .getLastBuild();
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("localhost:1/absent:1", run);
                assertThat(password(cluster)).as("no second credentials").isEqualTo(first[0]);
                assertThat(set(cluster).at("/metadata/generation").asInt()).isEqualTo(1);
            });
        }
    }

    @Test
    void anImageThatThePolicyRefusesIsNotDeployed() throws Throwable {
        try (TestCluster cluster = TestCluster.open()) {
            sessions.then(jenkins -> {
                WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
                offer("localhost:1/absent:1");
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    Application shop = SheraConfiguration.get().application("retail", "shop");
                    EnvironmentPolicy policy = new EnvironmentPolicy();
                    policy.setImages("passed");
                    shop.getEnvironments().get(0).setPolicy(policy);
                    SheraConfiguration.get().setApplications(List.of(shop));
                }
                job.setDefinition(new CpsFlowDefinition(DEPLOY, true));
                WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
                jenkins.assertLogContains("localhost:1/absent:1 is named by a tag", run);
                assertThat(cluster.api().list(SET, cluster.namespace(), "", "")).isEmpty();
            });
        }
    }
}
