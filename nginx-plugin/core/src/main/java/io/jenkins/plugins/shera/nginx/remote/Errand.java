package io.jenkins.plugins.shera.nginx.remote;

import io.jenkins.plugins.shera.nginx.work.NodePlace;
import io.jenkins.plugins.shera.nginx.work.NodeWork;
import java.io.IOException;
import java.io.Serializable;

/** A work and where it is to be done, on its way to the machine. */
public record Errand(NodePlace place, NodeWork<?> work) implements Serializable {
    /** As {@link Frame} carries it. */
    public byte[] packed() throws IOException {
        return Travel.pack(this);
    }

    static Errand of(byte[] packed) throws IOException {
        return Travel.unpack(packed, Errand.class);
    }

    /** Does it here. */
    Answer run() {
        try {
            return new Answer(Answer.Kind.DONE, place.run(work), "");
        } catch (IOException e) {
            return Answer.refused(e);
        } catch (RuntimeException e) {
            // Jenkins would wait for an answer that never comes.
            return Answer.refused(e);
        }
    }
}
