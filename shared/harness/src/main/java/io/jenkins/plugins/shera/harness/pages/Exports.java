package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import jenkins.model.Jenkins;

/** What of an object goes out through {@code /api/json}. */
final class Exports {
    private Exports() {}

    static Object of(Item item) {
        return item instanceof Job<?, ?> job
                ? new JobPages(job)
                : item instanceof ItemGroup<?> g ? new GroupPages(g) : null;
    }

    static RunPages of(Run<?, ?> run) {
        return run == null ? null : new RunPages(run);
    }

    /** The absolute address of an object below the root. */
    static String address(String url) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "/" : root) + url;
    }
}
