package io.jenkins.plugins.shera.nodes.remote;

import java.io.IOException;
import java.io.Serializable;

/**
 * Something to be done on another machine, with all that has to be known for it; travels there as Java objects, and so does its answer.
 *
 * @param <T> the answer, serializable or null
 */
public interface Errand<T> extends Serializable {
    /**
     * Does it, on that machine.
     *
     * @throws io.jenkins.plugins.shera.nodes.Rollover.RefusedException when somebody there said no; nothing changed
     * @throws IOException for people, when it could not be done
     */
    T run() throws IOException, InterruptedException;
}
