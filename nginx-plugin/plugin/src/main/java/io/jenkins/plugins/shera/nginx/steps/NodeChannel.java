package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.work.NodeWork;
import java.io.IOException;
import java.util.concurrent.Future;

/** The way to the machine of one nginx, on which work is done there. */
public interface NodeChannel {
    /**
     * Waits until it is done.
     *
     * @throws IOException for people, from the node or from the way to it
     */
    <T> T call(NodeWork<T> work) throws IOException, InterruptedException;

    /** Does not wait; the failure of the answer has the same exception as its cause. */
    <T> Future<T> callAsync(NodeWork<T> work) throws IOException;
}
