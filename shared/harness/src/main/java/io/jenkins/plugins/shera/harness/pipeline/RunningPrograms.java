package io.jenkins.plugins.shera.harness.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The programs that run in this JVM, by the id of their build. */
public final class RunningPrograms {
    private static final RunningPrograms INSTANCE = new RunningPrograms();

    private final Map<String, ProgramRunner> runners = new ConcurrentHashMap<>();

    private RunningPrograms() {}

    public static RunningPrograms get() {
        return INSTANCE;
    }

    void add(ProgramRunner runner) {
        runners.put(runner.run().getExternalizableId(), runner);
    }

    void remove(ProgramRunner runner) {
        runners.remove(runner.run().getExternalizableId(), runner);
    }

    /** The runner of this build, or null when it does not run. */
    ProgramRunner find(String buildId) {
        return runners.get(buildId);
    }

    /** All that run. */
    public Collection<ProgramRunner> all() {
        return new ArrayList<>(runners.values());
    }

    /** Every step that runs, of every build. */
    public List<StepExecution> steps() {
        List<StepExecution> steps = new ArrayList<>();
        all().forEach(runner -> steps.addAll(runner.steps()));
        return steps;
    }

    /** Stops all programs where they stand, as a shutdown of the server does: they go on when it starts again. */
    public void suspendAll() {
        all().forEach(ProgramRunner::suspend);
        runners.clear();
    }
}
