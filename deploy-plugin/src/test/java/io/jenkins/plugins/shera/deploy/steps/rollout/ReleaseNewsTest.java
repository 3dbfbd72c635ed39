package io.jenkins.plugins.shera.deploy.steps.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews.Event;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** What people are told of releases, against the cluster that KUBECONFIG names. */
@Tag("cluster")
class ReleaseNewsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private TestCluster cluster;
    private RealRollout shop;

    /** Remembers what it is told; each session has its own. */
    private static final class Ears implements ReleaseNotifier {
        private final List<ReleaseNews> heard = new CopyOnWriteArrayList<>();

        @Override
        public void tell(ReleaseNews news) {
            heard.add(news);
        }

        ReleaseNews await(Event event) {
            org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> heard.stream()
                    .anyMatch(each -> each.event() == event));
            return heard.stream()
                    .filter(each -> each.event() == event)
                    .findFirst()
                    .orElseThrow();
        }

        long many(Event event) {
            return heard.stream()
                    .filter(each -> each.event() == event)
                    .map(ReleaseNews::key)
                    .distinct()
                    .count();
        }
    }

    private static Ears listen() {
        Ears ears = new Ears();
        ExtensionList.lookup(ReleaseNotifier.class).add(ears);
        return ears;
    }

    /** One that cannot take anything must not stop a release. */
    private static void deaf() {
        ExtensionList.lookup(ReleaseNotifier.class).add(news -> {
            throw new IllegalStateException("no ear");
        });
    }

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

    private static String canary(String version) {
        return "canary(application: 'shop', image: 'localhost/busybox:1', env: [VERSION: '" + version + "'],"
                + " progressDeadlineSeconds: 60, steps: [setWeight(50), pause()])";
    }

    private WorkflowRun run(JenkinsRule jenkins, String script, Result result) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("retail/release", WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    @Test
    void aCanaryThatWaitsGoesBackIsRetriedAndIsDoneIsToldOnceEach() throws Throwable {
        shop.deploy(1);
        sessions.then(jenkins -> {
            deaf();
            Ears ears = listen();
            WorkflowJob job = ShopTenant.job(cluster, jenkins, false, canary("2"));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            ReleaseNews waiting = ears.await(Event.WAITING);
            assertThat(waiting.application()).isEqualTo("shop");
            assertThat(waiting.environment()).isEqualTo("prod");
            assertThat(waiting.image()).isEqualTo("localhost/busybox:1");
            assertThat(waiting.why()).isEqualTo("waits for a person");
            Rollouts.get().command(subject(), Verb.of(Verb.Kind.ABORT, "ann"));
            assertThat(ears.await(Event.WENT_BACK).why()).isEqualTo("aborted by ann");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            assertThat(ears.many(Event.WENT_BACK)).isEqualTo(1);

            Rollouts.get().command(subject(), Verb.of(Verb.Kind.RETRY, "ann"));
            await().atMost(PATIENCE).until(() -> ears.many(Event.WAITING) == 2);
            Rollouts.get().command(subject(), Verb.of(Verb.Kind.PROMOTE_FULL, "bob"));
            assertThat(ears.await(Event.FINISHED).why()).contains("bob");
            await().atMost(PATIENCE).until(() -> Rollouts.get()
                    .look(subject())
                    .orElseThrow()
                    .record()
                    .status()
                    .isOver());
            assertThat(ears.many(Event.FINISHED)).isEqualTo(1);
            assertThat(ears.many(Event.FAILED)).isZero();
        });
        sessions.then(jenkins -> {
            // What ended while nobody could be told is told after the start, under the same key.
            Ears ears = listen();
            Rollouts.begin();
            ReleaseNews late = ears.await(Event.FINISHED);
            assertThat(late.release()).endsWith(".1");
            run(jenkins, "undoRollout(application: 'shop')", Result.SUCCESS);
            assertThat(ears.await(Event.WENT_BACK).why()).contains("an earlier revision was made stable");
        });
    }

    @Test
    void aDeploymentThatFailsIsToldWithThePodsReasonAndOneThatServesIsTold() throws Throwable {
        sessions.then(jenkins -> {
            Ears ears = listen();
            ShopTenant.job(cluster, jenkins, false, "");
            run(
                    jenkins,
                    "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0)",
                    Result.SUCCESS);
            ReleaseNews done = ears.await(Event.FINISHED);
            assertThat(done.image()).isEqualTo("localhost/busybox:1");
            assertThat(done.actor()).contains("release");
            run(
                    jenkins,
                    "deployApplication(application: 'shop', image: 'localhost/no-such-image:1', replicas: 1, timeout:"
                            + " 15)",
                    Result.FAILURE);
            assertThat(ears.await(Event.FAILED).why()).contains("no-such-image");
            run(jenkins, "canary(application: 'shop', image: 'localhost/busybox:1', template: 'x')", Result.FAILURE);
        });
    }
}
