package io.jenkins.plugins.shera.deploy.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.extension.ImageRecord;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.extension.ImageStanding;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What serves in one environment of a real cluster goes to the next by its digest, when that one lets it in. */
@Tag("cluster")
@WithJenkins
class PromoteImageTest {

    private static final String DIGEST = "sha256:" + "b".repeat(64);
    private static final String IMAGE = "registry.example.com/shop@" + DIGEST;
    private static final String PROMOTE = "def image = findRunningImage(application: 'shop', environment: 'dev')\n"
            + "deployApplication(application: 'shop', environment: 'prod', image: image, replicas: 0)";

    private static String word = "OK";

    /** Stands in for the plugin that builds images. */
    private static final class Labels implements ImageRecords {
        @Override
        public List<ImageRecord> of(String tenant, String digest) {
            return List.of();
        }

        @Override
        public Optional<ImageStanding> standing(String tenant, String reference) {
            return Optional.of(new ImageStanding(word, "That is what its label says.", false));
        }
    }

    private static WorkflowJob job(JenkinsRule jenkins, TestCluster prod, TestCluster dev) throws Exception {
        WorkflowJob job = ShopTenant.job(prod, jenkins, false, "echo 'set below'");
        ExtensionList.lookup(ImageRecords.class).add(new Labels());
        ShopTenant.addDev(prod, dev, EnvironmentPolicy.PASSED);
        return job;
    }

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String script)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private static Optional<JsonNode> live(TestCluster cluster) throws Exception {
        return cluster.api().find(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop"));
    }

    @Test
    void theSameDigestGoesToTheNextEnvironmentUnlessItsLabelDoesNotMeetThePolicy(JenkinsRule jenkins) throws Exception {
        try (TestCluster prod = TestCluster.open();
                TestCluster dev = TestCluster.open()) {
            WorkflowJob job = job(jenkins, prod, dev);
            WorkflowRun run = run(jenkins, job, Result.FAILURE, PROMOTE);
            jenkins.assertLogContains(
                    "Cannot promote the image of shop from dev: it is not deployed there. Deploy it there first.", run);

            run(
                    jenkins,
                    job,
                    Result.SUCCESS,
                    "deployApplication(application: 'shop', environment: 'dev', image: '" + IMAGE + "', replicas: 0)");
            word = "ERROR";
            run = run(jenkins, job, Result.FAILURE, PROMOTE);
            jenkins.assertLogContains("shop in dev runs " + IMAGE, run);
            jenkins.assertLogContains(IMAGE + " is ERROR. That is what its label says.", run);
            assertThat(live(prod)).isEmpty();

            word = "OK";
            run(jenkins, job, Result.SUCCESS, PROMOTE);
            assertThat(live(prod)
                            .orElseThrow()
                            .at("/spec/template/spec/containers/0/image")
                            .asText())
                    .isEqualTo(IMAGE);

            run = run(
                    jenkins,
                    job,
                    Result.FAILURE,
                    "findRunningImage(application: 'shop', environment: 'dev', tenant: 'other')");
            jenkins.assertLogContains("tenant other", run);
            jenkins.assertLogNotContains("\tat ", run);
        }
    }

    @Test
    void aTagIsPinnedToWhatThePodsRunAndNothingElseIs(JenkinsRule jenkins) throws Exception {
        try (TestCluster prod = TestCluster.open();
                TestCluster dev = TestCluster.open()) {
            WorkflowJob job = job(jenkins, prod, dev);
            RealRollout shop = new RealRollout(dev);
            shop.deploy(1);
            String find = "echo(findRunningImage(application: 'shop', environment: 'dev'))";
            WorkflowRun run = run(jenkins, job, Result.SUCCESS, find);
            String log = JenkinsRule.getLog(run);
            assertThat(log).containsPattern("shop in dev runs localhost/busybox@sha256:[0-9a-f]{64}");

            run(jenkins, job, Result.SUCCESS, "scaleApplication(application: 'shop', environment: 'dev', replicas: 0)");
            run = run(jenkins, job, Result.FAILURE, find);
            jenkins.assertLogContains("by the tag localhost/busybox:1, under which its pods run 0 digests", run);
        }
    }
}
