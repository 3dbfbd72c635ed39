package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Job;
import hudson.model.Run;
import java.util.List;

/** What the pages show of a Pipeline. */
final class Pipelines {
    private Pipelines() {}

    static String script(Job<?, ?> job) {
        return null;
    }

    static List<StageLine> stages(Run<?, ?> run) {
        return List.of();
    }

    static List<Question> questions(Run<?, ?> run) {
        return List.of();
    }
}
