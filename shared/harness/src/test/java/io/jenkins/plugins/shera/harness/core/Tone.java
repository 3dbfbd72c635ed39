package io.jenkins.plugins.shera.harness.core;

import hudson.Extension;
import hudson.ExtensionPoint;

/** An extension point of these tests. */
public interface Tone extends ExtensionPoint {
    /** In the middle. */
    @Extension
    class Middle implements Tone {}

    /** Before all others. */
    @Extension(ordinal = 10)
    class High implements Tone {}

    /** After all others. */
    @Extension(ordinal = -10)
    class Low implements Tone {}

    /** Needs a class that cannot be loaded. */
    @Extension(optional = true)
    class Broken implements Tone {
        /** Fails as a missing neighbour does. */
        public Broken() {
            throw new NoClassDefFoundError("a neighbour that is not installed");
        }
    }
}
