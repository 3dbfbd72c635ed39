package io.jenkins.plugins.shera.harness.remoting;

import hudson.remoting.Callable;
import java.io.IOException;

/** Runs work on a copy made by serialisation and answers a copy of what it returns, as a real channel would. */
public final class Crossing {
    private Crossing() {}

    /** Sends the work over and brings its answer back. */
    public static <V, T extends Throwable> V call(Callable<V, T> work) throws IOException, T, InterruptedException {
        try (Handles handles = new Handles()) {
            Callable<V, T> there = handles.copy(work);
            return handles.copy(there.call());
        }
    }

    /** Sends a value over. */
    public static <V> V copy(V value) throws IOException {
        try (Handles handles = new Handles()) {
            return handles.copy(value);
        }
    }
}
