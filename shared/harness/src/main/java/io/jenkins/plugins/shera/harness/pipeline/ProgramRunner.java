package io.jenkins.plugins.shera.harness.pipeline;

import com.cloudbees.groovy.cps.Outcome;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import groovy.lang.Binding;
import hudson.init.InitMilestone;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.cps.Lane;
import io.jenkins.plugins.shera.harness.cps.Program;
import io.jenkins.plugins.shera.harness.cps.ProgramFile;
import io.jenkins.plugins.shera.harness.cps.ProgramThread;
import io.jenkins.plugins.shera.harness.cps.ScriptCompiler;
import io.jenkins.plugins.shera.harness.cps.ThreadEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Runs the program of one build on its own lane, saving it at each step. */
public final class ProgramRunner {
    private static final Logger LOGGER = Logger.getLogger(ProgramRunner.class.getName());
    private static final ThreadLocal<ProgramRunner> CURRENT = new ThreadLocal<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    /** Few threads for all builds: a program that waits holds none. */
    private static final Executor POOL =
            Executors.newFixedThreadPool(Math.max(8, 2 * Runtime.getRuntime().availableProcessors()), work -> {
                Thread thread = new Thread(work, "pipeline " + COUNT.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private final Run<?, ?> run;
    private final String script;
    private final FlowGraph graph;
    private final Consumer<Throwable> end;
    private final ProgramFile file;
    private final Lane lane = new Lane(POOL);
    private final AtomicBoolean resumes = new AtomicBoolean();
    private volatile Program program;
    private ClassLoader loader;
    private boolean suspended;

    /** @param end told the problem, or null, when the script is over */
    public ProgramRunner(Run<?, ?> run, FlowExecution flow, String script, Consumer<Throwable> end) {
        this.run = run;
        this.script = script;
        this.end = end;
        this.graph = new FlowGraph(flow, run.getRootDir().toPath().resolve("workflow"));
        this.file = new ProgramFile(run.getRootDir().toPath().resolve("program.dat"), new SavedReferences());
    }

    /** The runner whose lane the caller is on. */
    public static ProgramRunner current() {
        ProgramRunner runner = CURRENT.get();
        if (runner == null) {
            throw new IllegalStateException("Steps can be called by a running Pipeline script only");
        }
        return runner;
    }

    /**
     * The runner of a build that runs. A build that was loaded anew after a stop is another object: what a thread of the
     * stopped server still has to say is not meant for it.
     */
    static ProgramRunner of(Run<?, ?> run) {
        ProgramRunner runner = RunningPrograms.get().find(run.getExternalizableId());
        if (runner == null || runner.run() != run) {
            throw new IllegalStateException(run + " does not run");
        }
        return runner;
    }

    /** Runs the script from its beginning. */
    public void start() {
        RunningPrograms.get().add(this);
        lane.execute(() -> onLane(() -> {
            ScriptCompiler compiler = compiler();
            CpsScript code = (CpsScript) compiler.compile(script, new Binding());
            program = new Program(code);
            program.start(Surroundings.outermost(graph.begin().getId()), new ScriptEnd());
        }));
    }

    /** Goes on where another JVM stopped. */
    public void resume() {
        resumes.set(true);
        RunningPrograms.get().add(this);
        if (Jenkins.get().getInitLevel().compareTo(InitMilestone.JOB_LOADED) >= 0) {
            goOn();
        }
    }

    /** What the program holds of jobs and builds is found once all of them are loaded, so it waits for that. */
    void goOn() {
        if (!resumes.compareAndSet(true, false)) {
            return;
        }
        lane.execute(() -> onLane(() -> {
            graph.load();
            compiler().compile(script, new Binding());
            program = file.load(loader);
            for (StepExecution step : steps()) {
                step.onResume();
            }
        }));
    }

    private ScriptCompiler compiler() throws IOException {
        ScriptCompiler compiler = new ScriptCompiler(
                Jenkins.get().getPluginManager().uberClassLoader,
                CpsScript.class,
                List.of("hudson.model", "jenkins.model"));
        loader = compiler.loader();
        DeclarativeScripts.addTo(compiler, script);
        return compiler;
    }

    /** Does something to the program on its lane, then lets it run; at once when the caller is on the lane. */
    void enqueue(Consumer<ProgramRunner> action) {
        if (CURRENT.get() == this) {
            action.accept(this);
        } else {
            lane.execute(() -> onLane(() -> action.accept(this)));
        }
    }

    private void onLane(Change change) {
        if (suspended) {
            return;
        }
        CURRENT.set(this);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            change.make();
            if (program == null) {
                return;
            }
            checkpoint();
            program.run(this::checkpoint);
        } catch (Throwable e) { // whatever stops the program ends the build
            LOGGER.log(Level.FINE, e, () -> run + " cannot go on");
            over(e);
        } finally {
            CURRENT.remove();
        }
    }

    private void checkpoint() {
        if (suspended || program.isOver()) {
            return;
        }
        try {
            graph.save();
            file.save(program, loader);
        } catch (IOException e) {
            List<StepExecution> left = steps();
            program.drop();
            over(e);
            left.forEach(step -> stop(step, e));
        }
    }

    private void over(Throwable problem) {
        try {
            graph.finish(problem);
            graph.save();
            file.delete();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The end of " + run + " cannot be written", e);
        }
        RunningPrograms.get().remove(this);
        end.accept(problem);
    }

    /** Saves the program soon. */
    ListenableFuture<Void> save() {
        SettableFuture<Void> saved = SettableFuture.create();
        lane.execute(() -> {
            onLane(() -> {});
            saved.set(null);
        });
        return saved;
    }

    /** Stops every innermost step, which ends the script unless it catches that. */
    public void interrupt(Throwable cause) {
        enqueue(runner -> stopWithin(0, cause));
    }

    /** Stops what runs in a thread and in the bodies its steps called; thread 0 is the whole program. */
    void stopWithin(int outer, Throwable cause) {
        for (ProgramThread thread : threadsWithin(outer)) {
            if (thread.waitingFor() instanceof StepExecution step) {
                stop(step, cause);
            } else if (thread.isRunnable()) {
                thread.interrupt(cause);
            }
        }
    }

    private void stop(StepExecution step, Throwable cause) {
        try {
            step.stop(cause);
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "A step of " + run + " refuses to stop: " + step, e);
            step.getContext().onFailure(e);
        }
    }

    /** The steps without a running body inside them, newest first. */
    List<StepExecution> innermostSteps(int outer) {
        List<StepExecution> steps = new ArrayList<>();
        for (ProgramThread thread : threadsWithin(outer)) {
            if (thread.waitingFor() instanceof StepExecution step) {
                steps.add(step);
            }
        }
        return steps;
    }

    private List<ProgramThread> threadsWithin(int outer) {
        List<ProgramThread> all = new ArrayList<>(program.threads());
        Collections.reverse(all);
        return all.stream()
                .filter(thread -> outer == 0 || isWithin(thread, outer))
                .filter(thread -> all.stream().noneMatch(other -> outerOf(other) == thread.id()))
                .toList();
    }

    private boolean isWithin(ProgramThread thread, int outer) {
        ProgramThread at = thread;
        while (at != null && at.id() != outer) {
            at = program.thread(outerOf(at));
        }
        return at != null;
    }

    private static int outerOf(ProgramThread thread) {
        return ((Surroundings) thread.surroundings()).outerThread();
    }

    /** Every step that runs, outer ones first. */
    public List<StepExecution> steps() {
        Program live = program;
        List<StepExecution> steps = new ArrayList<>();
        if (live != null) {
            for (ProgramThread thread : live.threads()) {
                if (thread.waitingFor() instanceof StepExecution step) {
                    steps.add(step);
                }
            }
        }
        return steps;
    }

    /** Stops at the next point where the program is saved, and does nothing more in this JVM. */
    void suspend() {
        lane.execute(() -> suspended = true);
    }

    public Run<?, ?> run() {
        return run;
    }

    Program program() {
        return program;
    }

    /** The thread whose code runs on the lane right now. */
    ProgramThread running() {
        ProgramThread thread = program == null ? null : program.running();
        if (thread == null) {
            throw new IllegalStateException("No code of the script runs");
        }
        return thread;
    }

    /** The steps of the build so far. */
    public FlowGraph graph() {
        return graph;
    }

    boolean isLoaded() {
        return program != null;
    }

    private interface Change {
        void make() throws Exception;
    }

    private static final class ScriptEnd implements ThreadEnd {
        private static final long serialVersionUID = 1L;

        @Override
        public void ended(ProgramThread thread, Outcome outcome) {
            current().over(outcome.getAbnormal());
        }
    }
}
