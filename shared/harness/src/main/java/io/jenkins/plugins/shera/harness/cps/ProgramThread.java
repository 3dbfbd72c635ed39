package io.jenkins.plugins.shera.harness.cps;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** One line of control inside a program: the script itself, or the body of a step. Used on the program's lane only. */
public final class ProgramThread implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<Class> CATEGORIES = new ArrayList<>(Continuable.categories);

    static {
        CATEGORIES.add(SavedIterators.class);
    }

    private final Program program;
    private final int id;
    private final Continuable code;
    private final Serializable surroundings;
    private final ThreadEnd end;
    private Outcome pending;
    private Object waitingFor;

    ProgramThread(Program program, int id, Continuable code, Serializable surroundings, ThreadEnd end) {
        this.program = program;
        this.id = id;
        this.code = code;
        this.surroundings = surroundings;
        this.end = end;
        this.pending = new Outcome(null, null);
    }

    /** Unique within the program and never used again. */
    public int id() {
        return id;
    }

    public Program program() {
        return program;
    }

    /** Whatever the owner of the program tied to this thread when it was started. */
    public Serializable surroundings() {
        return surroundings;
    }

    /** What the thread is suspended on, as set by {@link #waitFor}; saved with the program. */
    public Object waitingFor() {
        return waitingFor;
    }

    /** Notes what the thread is suspended on. */
    public void waitFor(Object what) {
        waitingFor = what;
    }

    /** Lets the thread go on from its suspension with a value or an exception; it runs at the next {@link Program#run}. */
    public void resume(Outcome outcome) {
        if (pending != null) {
            throw new IllegalStateException("Thread " + id + " is not suspended");
        }
        pending = outcome;
        waitingFor = null;
    }

    /** Makes a thread that is about to go on go on with this exception instead. */
    public void interrupt(Throwable cause) {
        if (pending == null) {
            throw new IllegalStateException("Thread " + id + " is suspended: stop what it waits for");
        }
        pending = new Outcome(null, cause);
    }

    /** True when nothing keeps the thread from going on. */
    public boolean isRunnable() {
        return pending != null;
    }

    /** Where in the script the thread stands, innermost call first. */
    public List<StackTraceElement> stackTrace() {
        return code.getStackTrace();
    }

    /** Runs until the next suspension or the end; true when the thread has ended. */
    boolean step() {
        Outcome input = pending;
        pending = null;
        Outcome output = code.run0(input, CATEGORIES);
        if (!code.isResumable()) {
            end.ended(this, output);
            return true;
        }
        if (output.getNormal() instanceof Suspension suspension) {
            try {
                suspension.begin(this);
            } catch (Exception | LinkageError e) {
                if (pending == null) {
                    resume(new Outcome(null, e));
                }
            }
            return false;
        }
        resume(new Outcome(null, new IllegalStateException("The script yielded " + output + " outside of a step")));
        return false;
    }
}
