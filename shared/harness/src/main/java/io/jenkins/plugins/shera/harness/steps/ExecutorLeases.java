package io.jenkins.plugins.shera.harness.steps;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.model.Jenkins;

/** The executors of the controller: as many {@code node} bodies run at a time, the others wait their turn. */
final class ExecutorLeases {
    private static final ExecutorLeases INSTANCE = new ExecutorLeases();

    private final Deque<NodeStep.Execution> waiting = new ArrayDeque<>();
    private Jenkins owner;
    private int taken;

    private ExecutorLeases() {}

    static ExecutorLeases get() {
        return INSTANCE;
    }

    /** Grants an executor now, which returns true, or later. */
    boolean request(NodeStep.Execution execution) {
        synchronized (this) {
            forgetFormerServer();
            if (taken >= Jenkins.get().getNumExecutors()) {
                waiting.add(execution);
                return false;
            }
            taken++;
        }
        execution.granted(once());
        return true;
    }

    /** Takes an executor in any case: the work runs already. */
    Runnable take() {
        synchronized (this) {
            forgetFormerServer();
            taken++;
            return once();
        }
    }

    synchronized void cancel(NodeStep.Execution execution) {
        waiting.remove(execution);
    }

    private void forgetFormerServer() {
        if (owner != Jenkins.get()) {
            owner = Jenkins.get();
            waiting.clear();
            taken = 0;
        }
    }

    private Runnable once() {
        Jenkins granted = owner;
        AtomicBoolean back = new AtomicBoolean();
        return () -> {
            if (back.compareAndSet(false, true)) {
                giveBack(granted);
            }
        };
    }

    private void giveBack(Jenkins granted) {
        NodeStep.Execution next;
        Runnable lease;
        synchronized (this) {
            if (owner != granted) {
                return;
            }
            taken--;
            next = taken < owner.getNumExecutors() ? waiting.poll() : null;
            if (next == null) {
                return;
            }
            taken++;
            lease = once();
        }
        next.granted(lease);
    }
}
