package io.jenkins.plugins.shera.deploy.foreign;

import io.jenkins.plugins.shera.deploy.canary.RolloutRecord;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.canary.World;
import io.jenkins.plugins.shera.kube.api.KubeException;
import java.util.Set;

/** A rollout that another controller drives, as it was read just now. */
public interface ForeignRollout {

    /** Which controller, for people. */
    String controller();

    /** Its plan and how far it is, in our words. */
    RolloutRecord record();

    /** Its pods and its traffic. */
    World world();

    /** The verbs that this controller knows and that fit now. */
    Set<Verb.Kind> verbs();

    /**
     * Tells the controller, which acts on it by itself.
     *
     * @throws VerbException when the controller has no such verb, or it does not fit now; says why and what to do instead
     */
    void tell(Verb verb) throws KubeException, VerbException;

    /**
     * Makes an earlier revision the wanted one.
     *
     * @param revision as the controller counts, or empty for the one before
     */
    void undo(String revision) throws KubeException, VerbException;
}
