package io.jenkins.plugins.shera.demo.site;

import io.jenkins.plugins.shera.demo.parts.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end: each stage, what did it, how long it took, and whether it succeeded. */
public final class Stages {
    private final List<Stage> stages = new ArrayList<>();

    private record Stage(String name, Part part, Duration took, boolean succeeded) {}

    /** Adds a line. */
    public void add(String name, Part part, Duration took, boolean succeeded) {
        stages.add(new Stage(name, part, took, succeeded));
    }

    /** Whether there is a line, and none of a failure. */
    public boolean allSucceeded() {
        return !stages.isEmpty() && stages.stream().allMatch(Stage::succeeded);
    }

    /** One line a stage, aligned. */
    public String table() {
        int names = 16;
        int parts = 40;
        for (Stage stage : stages) {
            names = Math.max(names, stage.name().length());
            parts = Math.max(parts, stage.part().toString().length());
        }
        String format = "%-" + names + "s %-" + parts + "s %8s  %s%n";
        StringBuilder out = new StringBuilder(String.format(format, "stage", "done by", "seconds", "result"));
        for (Stage stage : stages) {
            String seconds = String.format(Locale.ROOT, "%.1f", stage.took().toMillis() / 1000.0);
            out.append(String.format(format, stage.name(), stage.part(), seconds, stage.succeeded() ? "ok" : "FAILED"));
        }
        return out.toString();
    }
}
