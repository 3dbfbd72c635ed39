package io.jenkins.plugins.shera.deploy.steps.scale;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.rollout.ProgressLog;
import io.jenkins.plugins.shera.deploy.scale.ScaleException;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.scale.Scaling;
import io.jenkins.plugins.shera.deploy.steps.order.OrderExecution;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import java.io.PrintStream;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jvnet.localizer.Localizable;

/** Sets the number of pods, and waits until they serve. */
final class ScaleApplicationExecution extends OrderExecution<ScaleOrder> {

    private static final long serialVersionUID = 1L;

    private transient ProgressLog progress;

    ScaleApplicationExecution(StepContext context, Subject subject, ScaleOrder order, String actor, int seconds) {
        super(context, subject, order, actor, seconds);
    }

    @Override
    protected String what() {
        return "scale " + subject();
    }

    @Override
    protected String action() {
        return "application.scale";
    }

    @Override
    protected Localizable title() {
        return Messages._ScaleRecord_scaled(order().toString());
    }

    @Override
    public String getStatus() {
        return "scaling " + subject() + " to " + order();
    }

    @Override
    protected void begin() {
        progress = new ProgressLog();
    }

    private Scaling scaling(ClusterClient client, String build) {
        return new Scaling(client.api(), subject(), build);
    }

    @Override
    protected String give(ClusterClient client, String build) throws ScaleException, KubeException {
        return scaling(client, build).apply(order());
    }

    @Override
    protected boolean isDone(ClusterClient client, String build, PrintStream log) throws ScaleException, KubeException {
        RolloutState seen = scaling(client, build).progress(deadlineMillis());
        progress.lines(seen).forEach(log::println);
        if (seen.phase() == RolloutState.Phase.FAILED) {
            seen.trouble().log().lines().forEach(line -> log.println("  | " + line));
            fail("Cannot bring " + subject() + " to " + order() + ": "
                    + seen.trouble().message());
        }
        return seen.phase() == RolloutState.Phase.COMPLETE;
    }
}
