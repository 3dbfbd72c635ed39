package io.jenkins.plugins.shera.harness.cps;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Closure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A script with three functions that suspend: {@code wait name}, {@code body closure} and {@code fork map}. */
public abstract class TestScript extends SerializableScript {
    static final List<Object> SAID = new ArrayList<>();

    @Override
    public Object invokeMethod(String name, Object args) {
        Object[] list = (Object[]) args;
        switch (name) {
            case "say":
                SAID.add(String.valueOf(list[0]));
                return null;
            case "wait":
                return Continuable.suspend(name, new Waiting(String.valueOf(list[0])));
            case "body":
                return Continuable.suspend(name, new Bodies(Map.of("body", (Closure<?>) list[0])));
            case "fork":
                return Continuable.suspend(name, new Bodies((Map<?, ?>) list[0]));
            default:
                return super.invokeMethod(name, args);
        }
    }

    record Waiting(String what) implements Suspension {
        @Override
        public void begin(ProgramThread thread) {
            if (what.startsWith("refuse")) {
                throw new IllegalStateException(what);
            }
            thread.waitFor(what);
        }
    }

    record Bodies(Map<?, ?> closures) implements Suspension {
        @Override
        public void begin(ProgramThread thread) {
            Join join = new Join(thread.id(), closures.size());
            closures.values().forEach(c -> thread.program().startBody((Closure<?>) c, List.of(), null, join));
        }
    }

    static final class Join implements ThreadEnd, Serializable {
        private final int parent;
        private int left;
        private Throwable problem;

        Join(int parent, int left) {
            this.parent = parent;
            this.left = left;
        }

        @Override
        public void ended(ProgramThread thread, Outcome outcome) {
            problem = problem == null ? outcome.getAbnormal() : problem;
            if (--left == 0) {
                thread.program()
                        .thread(parent)
                        .resume(problem == null ? new Outcome(outcome.getNormal(), null) : new Outcome(null, problem));
            }
        }
    }
}
