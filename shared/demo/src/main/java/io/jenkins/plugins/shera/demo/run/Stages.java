package io.jenkins.plugins.shera.demo.run;

import io.jenkins.plugins.shera.demo.parts.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end: each stage, what did it, how long it took, and whether it succeeded. */
final class Stages {
    private final List<Stage> stages = new ArrayList<>();

    private record Stage(String name, Part part, Duration took, boolean succeeded) {}

    void add(String name, Part part, Duration took, boolean succeeded) {
        stages.add(new Stage(name, part, took, succeeded));
    }

    boolean allSucceeded() {
        return !stages.isEmpty() && stages.stream().allMatch(Stage::succeeded);
    }

    /** One line a stage, aligned. */
    String table() {
        StringBuilder out = new StringBuilder(line("stage", "done by", "seconds", "result"));
        for (Stage stage : stages) {
            String seconds = String.format(Locale.ROOT, "%.1f", stage.took().toMillis() / 1000.0);
            out.append(line(stage.name(), stage.part().toString(), seconds, stage.succeeded() ? "ok" : "FAILED"));
        }
        return out.toString();
    }

    private static String line(String name, String part, String seconds, String result) {
        return String.format(Locale.ROOT, "%-16s %-52s %8s  %s%n", name, part, seconds, result);
    }
}
