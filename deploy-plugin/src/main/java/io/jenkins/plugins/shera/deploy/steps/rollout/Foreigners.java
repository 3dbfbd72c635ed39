package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.foreign.ForeignRollout;
import io.jenkins.plugins.shera.deploy.foreign.ForeignRollouts;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import java.io.IOException;
import java.util.Optional;

/** Applications that a controller in the cluster rolls out: nothing is begun for them here, and verbs are passed on. */
final class Foreigners {

    private final ForeignRollouts rollouts = new ForeignRollouts();

    /** What another controller has under way or done; empty where none drives the application. */
    Optional<Rollouts.Seen> look(ClusterClient client, Subject subject) throws IOException {
        return rollouts.find(client.api(), subject)
                .map(each -> new Rollouts.Seen(each.record(), "", each.world(), each));
    }

    /** Passes a verb on; false where no other controller drives the application. */
    boolean tell(Subject subject, Verb verb) throws IOException, VerbException {
        try (ClusterClient client = Reach.open(subject)) {
            Optional<ForeignRollout> found = rollouts.find(client.api(), subject);
            if (found.isPresent()) {
                found.get().tell(verb);
            }
            return found.isPresent();
        }
    }

    /** Goes back to an earlier revision by the other controller; false where there is none. */
    boolean undo(Subject subject, String revision) throws IOException, VerbException {
        try (ClusterClient client = Reach.open(subject)) {
            Optional<ForeignRollout> found = rollouts.find(client.api(), subject);
            if (found.isPresent()) {
                found.get().undo(revision);
            }
            return found.isPresent();
        }
    }

    /** Two controllers must not split the traffic of one application. */
    void refuse(KubeApi api, Subject subject) throws IOException, RolloutException {
        Optional<ForeignRollout> found = rollouts.find(api, subject);
        if (found.isPresent()) {
            throw new RolloutException("Cannot begin a rollout of " + subject + ": "
                    + found.get().controller() + " drives it. Change the image of its workload (deployManifests), which"
                    + " begins a rollout there; the verbs work for it.");
        }
    }
}
