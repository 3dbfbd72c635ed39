package io.jenkins.plugins.shera.nodes.remote;

import java.io.IOException;

/** The way to a machine on which errands are done. */
public interface Machine {
    /**
     * Has it done there, and waits for the answer.
     *
     * @throws io.jenkins.plugins.shera.nodes.Rollover.RefusedException when somebody there said no; nothing changed
     * @throws IOException for people, from the machine or from the way to it
     */
    <T> T run(Errand<T> errand) throws IOException, InterruptedException;
}
