package io.jenkins.plugins.shera.deploy.steps.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.sun.net.httpserver.HttpServer;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.shera.deploy.bench.ApiDouble;
import io.jenkins.plugins.shera.deploy.bench.Deployed;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The weight that a build gives, against the double of an API server, for no pod has to start for it. The execution is run by itself: a
 * build as SYSTEM may not give it, which {@code CanaryStepTest} shows.
 */
@WithJenkins
class SetRolloutWeightStepTest {

    private static final Subject SHOP = new Subject("retail", "shop", "prod", "double", "team");

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void aPausedRolloutTakesTheWeightAndOneThatMovesDoesNot(JenkinsRule rule) throws Exception {
        HttpServer server = ApiDouble.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            DoubleShop.configure(rule, address);
            Deployed.at(address, "team", "shop", 3);
            Releases.begin(SHOP, "shop:2", "2", List.of(new PlanStep.SetWeight(25), new PlanStep.Pause(600)));
            until(status -> status.step() == 1 && status.isReached());
            assertThatThrownBy(() -> give(50))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("Pause it first.");
            Rollouts.get().command(SHOP, Verb.of(Verb.Kind.PAUSE, "ann"));
            give(50);
            assertThat(log.toString(StandardCharsets.UTF_8)).contains("Told the rollout of ", ": setWeight 50");
            until(status -> status.weight() == 50 && status.isReached());
            assertThat(Rollouts.get().here(SHOP).orElseThrow().world().traffic().detail())
                    .isEqualTo("3 of 6 pods, 50 %");
        } finally {
            server.stop(0);
        }
    }

    private void give(int percent) throws Exception {
        new VerbExecution(
                        new Told(new StreamTaskListener(log, StandardCharsets.UTF_8)),
                        SHOP,
                        Verb.Kind.SET_WEIGHT,
                        percent)
                .run();
    }

    private static void until(Predicate<RolloutStatus> wanted) {
        await().atMost(Duration.ofSeconds(90)).until(() -> Rollouts.get()
                .here(SHOP)
                .map(seen -> seen.record().status())
                .filter(wanted)
                .isPresent());
    }

    /** Gives the log, which is all that is asked of it. */
    private static final class Told extends StepContext {
        private static final long serialVersionUID = 1L;
        private final transient TaskListener listener;

        Told(TaskListener listener) {
            this.listener = listener;
        }

        @Override
        public <T> T get(Class<T> key) {
            return key.cast(listener);
        }

        @Override
        public void onSuccess(Object result) {}

        @Override
        public void onFailure(Throwable t) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public ListenableFuture<Void> saveState() {
            return Futures.immediateFuture(null);
        }

        @Override
        public void setResult(Result r) {}

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new IllegalStateException("it has no body");
        }

        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
