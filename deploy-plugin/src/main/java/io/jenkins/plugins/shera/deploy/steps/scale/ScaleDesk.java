package io.jenkins.plugins.shera.deploy.steps.scale;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.scale.ScaleException;
import io.jenkins.plugins.shera.deploy.scale.ScaleFacts;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.scale.Scaling;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.deploy.steps.order.OrderRecord;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Duration;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What pages and commands ask of the number of pods: within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class ScaleDesk {

    private static final Duration LOOK = Duration.ofSeconds(6);
    private static final Duration WRITE = Duration.ofSeconds(30);

    private ScaleDesk() {}

    /** The number of pods now; empty where it is not deployed. */
    public static Optional<ScaleFacts> look(Subject subject) {
        return within(LOOK, subject, Scaling::look);
    }

    /** Sets it in the name of the caller and says what was done; the cluster goes on with it by itself. */
    public static String scale(Subject subject, ScaleOrder order) {
        String caller = Jenkins.getAuthentication2().getName();
        String done = within(WRITE, subject, scaling -> scaling.apply(order));
        OrderRecord record = new OrderRecord(subject, caller, null);
        record.line("application.scale", order.toString()).done();
        record.tell(Messages._ScaleRecord_scaled(order.toString()), "");
        return done;
    }

    private interface Work<V> {
        V by(Scaling scaling) throws ScaleException, KubeException;
    }

    private static <V> V within(Duration limit, Subject subject, Work<V> work) {
        return ClusterDesk.within(limit, subject, client -> work.by(new Scaling(client.api(), subject, "")));
    }
}
