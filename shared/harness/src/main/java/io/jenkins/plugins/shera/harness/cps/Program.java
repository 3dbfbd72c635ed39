package io.jenkins.plugins.shera.harness.cps;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.FunctionCallEnv;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import com.cloudbees.groovy.cps.impl.TryBlockEnv;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** All threads of one running script, with everything they hold: the unit that is saved. Changed on one lane only. */
public final class Program implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ConcurrentSkipListMap<Integer, ProgramThread> threads = new ConcurrentSkipListMap<>();
    private final Script script;
    private int lastId;
    private transient ProgramThread running;

    /** A program that will run the script; {@link #start} it. */
    public Program(Script script) {
        this.script = script;
    }

    /** The script whose text the program came from. */
    public Script script() {
        return script;
    }

    /** Adds the main thread. */
    public ProgramThread start(Serializable surroundings, ThreadEnd end) {
        return add(new Continuable(script), surroundings, end);
    }

    /** Adds a thread that calls a closure of the script, with its arguments, away from the thread that made it. */
    public ProgramThread startBody(Closure<?> body, List<?> arguments, Serializable surroundings, ThreadEnd end) {
        return add(bodyOf(body, arguments), surroundings, end);
    }

    private static Continuable bodyOf(Closure<?> body, List<?> arguments) {
        Env caller = new FunctionCallEnv(null, new Returned(), null, null);
        TryBlockEnv guarded = new TryBlockEnv(caller, null);
        guarded.addHandler(Throwable.class, new Thrown());
        try {
            Object value = body.call(arguments.toArray());
            return new Continuable(Next.terminate(value));
        } catch (CpsCallableInvocation invocation) {
            return new Continuable(invocation.invoke(guarded, SourceLocation.UNKNOWN, new Returned()));
        } catch (Exception e) {
            return new Continuable(Next.unhandledException(e));
        }
    }

    private ProgramThread add(Continuable code, Serializable surroundings, ThreadEnd end) {
        ProgramThread thread = new ProgramThread(this, ++lastId, code, surroundings, end);
        threads.put(thread.id(), thread);
        return thread;
    }

    /**
     * Runs every thread that can go on, until all are suspended or ended.
     *
     * @param checkpoint called whenever a thread has come to a step or its end: the moment to save
     */
    public void run(Runnable checkpoint) {
        ProgramThread next = runnable();
        while (next != null) {
            running = next;
            if (next.step()) {
                threads.remove(next.id());
            }
            running = null;
            checkpoint.run();
            next = runnable();
        }
    }

    /** Ends every thread where it stands, without running the script on. */
    public void drop() {
        threads.clear();
    }

    private ProgramThread runnable() {
        for (ProgramThread thread : threads.values()) {
            if (thread.isRunnable()) {
                return thread;
            }
        }
        return null;
    }

    /** The thread whose code runs right now, or null between two. */
    public ProgramThread running() {
        return running;
    }

    /** The live thread with this id, or null when it has ended. */
    public ProgramThread thread(int id) {
        return threads.get(id);
    }

    /** The live threads, oldest first. */
    public Collection<ProgramThread> threads() {
        return new ArrayList<>(threads.values());
    }

    /** True when no thread is left. */
    public boolean isOver() {
        return threads.isEmpty();
    }

    private static final class Returned implements Continuation {
        private static final long serialVersionUID = 1L;

        @Override
        public Next receive(Object value) {
            return Next.terminate(value);
        }
    }

    private static final class Thrown implements Continuation {
        private static final long serialVersionUID = 1L;

        @Override
        public Next receive(Object problem) {
            return Next.unhandledException((Throwable) problem);
        }
    }
}
