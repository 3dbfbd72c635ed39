package io.jenkins.plugins.shera.deploy.steps.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds that release, against the cluster that KUBECONFIG names. */
@Tag("cluster")
class CanaryStepTest {

    private static final String ABSENT = "localhost/absent:1";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private TestCluster cluster;
    private RealRollout shop;

    @BeforeEach
    void open() throws Exception {
        cluster = TestCluster.open();
        shop = new RealRollout(cluster);
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private Subject subject() {
        return new Subject("retail", "shop", "prod", "real", cluster.namespace());
    }

    private WorkflowJob job(JenkinsRule jenkins, boolean approval, String script) throws Exception {
        return ShopTenant.job(cluster, jenkins, approval, script);
    }

    private static String canary(String version, String more) {
        return "def r = canary(application: 'shop', image: 'localhost/busybox:1', env: [VERSION: '" + version + "'],"
                + " progressDeadlineSeconds: 60, " + more + ")\necho \"result ${r.phase} ${r.application}\"";
    }

    private void awaitPaused() {
        await().atMost(Duration.ofMinutes(2)).until(() -> Rollouts.get()
                .look(subject())
                .map(seen -> seen.record().status().phase() == Phase.PAUSED)
                .orElse(false));
    }

    @Test
    void releasesAfterAPersonPromotedAndSurvivesARestartInEveryPhase() throws Throwable {
        shop.deploy(2);
        sessions.then(jenkins -> {
            WorkflowJob job = job(
                    jenkins,
                    true,
                    canary("2", "steps: [setWeight(30), pause(), setWeight(50), pause(duration: '2s')]"));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("setWeight 30 is served (1 of 3 pods, 33 %)", run);
            awaitPaused();
        });
        sessions.then(jenkins -> {
            awaitPaused();
            Rollouts.get().command(subject(), Verb.of(Verb.Kind.PROMOTE, "ann"));
            await().atMost(Duration.ofMinutes(2)).until(() -> Rollouts.get()
                    .look(subject())
                    .orElseThrow()
                    .record()
                    .status()
                    .waitsFor()
                    .equals("approval"));
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("retail/release", WorkflowJob.class)
                    .getLastBuild();
            assertThatThrownBy(() -> Rollouts.get().command(subject(), Verb.of(Verb.Kind.PROMOTE, "SYSTEM")))
                    .isInstanceOf(VerbException.class)
                    .hasMessageContaining("agreement of somebody other than SYSTEM");
            Rollouts.get().command(subject(), Verb.of(Verb.Kind.PROMOTE, "bob"));
            await().atMost(Duration.ofMinutes(1)).until(() -> Rollouts.get()
                    .look(subject())
                    .orElseThrow()
                    .record()
                    .status()
                    .isBegun());
            assertThat(run.isBuilding()).isTrue();
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("retail/release", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("result Healthy shop", run);
            shop.onlyAnswers(shop.service(), "2", null, null);
            assertThat(shop.canary()).isEmpty();
        });
    }

    @Test
    void aBadReleaseFailsTheBuildWithThePodsReasonAndGoesBackByItself() throws Throwable {
        shop.withoutPulling().deploy(1);
        sessions.then(jenkins -> {
            WorkflowJob job =
                    job(jenkins, false, canary("2", "template: '1-pod-first'").replace("localhost/busybox:1", ABSENT));
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("is Aborted: the canary failed: ", run);
            jenkins.assertLogContains("image \"" + ABSENT + "\" is not present", run);
            jenkins.assertLogNotContains("\tat ", run);
            assertThat(shop.canary()).isEmpty();
            Rollouts.get().command(subject(), Verb.of(Verb.Kind.ABORT, "ann"));
        });
    }

    @Test
    void aStoppedBuildAbortsWhereItIsToldTo() throws Throwable {
        shop.deploy(1);
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, false, canary("2", "steps: [setWeight(50), pause()], onInterrupt: 'abort'"));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Paused: ", run);
            run.getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            await().atMost(Duration.ofMinutes(1)).until(() -> shop.canary().isEmpty());
            shop.onlyAnswers(shop.service(), "1", null, null);
        });
    }

    @Test
    void aSetIsReleasedTogetherOrGoesBackTogether() throws Throwable {
        RealRollout stock = new RealRollout(cluster, "stock");
        shop.deploy(1);
        stock.withoutPulling().deploy(1);
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, false, set("2", "2", RealRollout.IMAGE));
            jenkins.waitForMessage("Paused: ", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("retail/release", WorkflowJob.class);
            awaitPaused();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> SetDesk.command(subject(), SetVerb.PROMOTE, "ann"));
            WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(job.getLastBuild()));
            jenkins.assertLogContains("all members are ready: recording the decision to promote", run);
            shop.onlyAnswers(shop.service(), "2", null, null);
            stock.onlyAnswers(stock.service(), "2", null, null);
            job.setDefinition(
                    new CpsFlowDefinition(set("3", "3", ABSENT).replace("pause()", "pause(duration: '2s')"), true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("The release set went back, every member of it: ", run);
            shop.onlyAnswers(shop.service(), "2", null, null);
            stock.onlyAnswers(stock.service(), "2", null, null);
            assertThat(shop.canary()).isEmpty();
            assertThat(stock.canary()).isEmpty();
        });
    }

    private static String set(String shop, String stock, String image) {
        return "releaseSet(members: [member(application: 'shop', image: 'localhost/busybox:1', env: [VERSION: '" + shop
                + "'], after: ['stock']), member(application: 'stock', image: '" + image
                + "', env: [VERSION: '" + stock
                + "'])], steps: [setWeight(50), pause()], progressDeadlineSeconds: 60)";
    }

    @Test
    void saysWhatIsWrongWithParametersAndLetsNoBuildAsSystemPromote() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, false, canary("2", "steps: [setWeight(120)]"));
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("setWeight 120: give a number from 0 to 100.", run);
            job.setDefinition(new CpsFlowDefinition("promoteRollout(application: 'shop')", true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("Cannot do this to the rollout of shop. ", run);
            job.setDefinition(new CpsFlowDefinition("setRolloutWeight(application: 'shop', weight: 30)", true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("Cannot do this to the rollout of shop. ", run);
            job.setDefinition(
                    new CpsFlowDefinition("setRolloutWeight(application: 'shop', weight: 30, set: true)", true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("the weight is that of one member. Leave set out.", run);
            job.setDefinition(new CpsFlowDefinition("abortRollout(application: 'shop')", true));
            jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
            job.setDefinition(new CpsFlowDefinition(
                    canary("2", "steps: [match(header: 'x', value: 'a b'), analysis(metric: 'errorRate', max: 1)]"),
                    true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("cannot be the value of a header or cookie to match", run);
            jenkins.assertLogNotContains("\tat ", run);
        });
    }
}
