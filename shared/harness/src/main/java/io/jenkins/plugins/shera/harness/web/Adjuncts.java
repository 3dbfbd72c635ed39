package io.jenkins.plugins.shera.harness.web;

import org.kohsuke.stapler.framework.adjunct.AdjunctManager;

/** Scripts and styles beside classes, served below {@code /adjuncts/HASH/}. */
public final class Adjuncts {
    private static volatile AdjunctManager current;

    private Adjuncts() {}

    /** That of the web server which was started last. */
    public static AdjunctManager manager() {
        return current;
    }

    static void use(AdjunctManager manager) {
        current = manager;
    }
}
