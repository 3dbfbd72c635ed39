package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nodes.remote.Errand;
import java.io.IOException;

/** A work and the nginx it is to be done on, on its way to the machine. */
public record NodeErrand<T>(NodePlace place, NodeWork<T> work) implements Errand<T> {
    @Override
    public T run() throws IOException {
        return place.run(work);
    }
}
