package hudson.model;

import hudson.FilePath;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.queue.TaskFuture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.IExecutor;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.queue.AsynchronousExecution;
import org.springframework.security.core.Authentication;

/** Runs one task: a thread for as long as the task needs one. */
public class Executor extends Thread implements ModelObject, IExecutor {
    private static final Logger LOGGER = Logger.getLogger(Executor.class.getName());

    protected final Computer owner;
    private final int number;
    private final List<CauseOfInterruption> causes = new CopyOnWriteArrayList<>();
    private volatile Queue.BuildableItem item;
    private volatile Queue.Executable executable;
    private volatile AsynchronousExecution asynchronousExecution;
    private volatile Result interruptStatus;
    private volatile long startTime;
    private volatile FilePath workspace;

    public Executor(Computer owner, int n) {
        super("Executor #" + n + " for " + owner.getDisplayName());
        this.owner = owner;
        this.number = n;
        setDaemon(true);
    }

    /** Takes the task; its thread begins with {@link #begin}. */
    void take(Queue.BuildableItem item) {
        this.item = item;
    }

    void begin() {
        startTime = System.currentTimeMillis();
        super.start();
    }

    boolean runs(Queue.Task task) {
        Queue.BuildableItem current = item;
        return current != null && current.task.equals(task);
    }

    @Override
    public void run() {
        TaskFuture future = (TaskFuture) item.getFuture();
        Throwable problem = null;
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            executable = item.task.createExecutable();
            if (executable == null) {
                throw new IOException("nothing to run for " + item.task.getDisplayName());
            }
            if (executable instanceof Actionable) {
                for (Action action : item.getAllActions()) {
                    ((Actionable) executable).addAction(action);
                }
            }
            if (executable instanceof Run) {
                ((Run<?, ?>) executable).setQueueId(item.getId());
            }
            Queue.getInstance().left(item, executable);
            future.started(executable);
            setName("Executor #" + number + " for " + owner.getDisplayName() + " : executing " + executable);
            try (ACLContext user = ACL.as2(item.authenticate2())) {
                executable.run();
            }
        } catch (AsynchronousExecution x) {
            synchronized (this) {
                x.setExecutorWithoutCompleting(this);
                asynchronousExecution = x;
            }
            x.maybeComplete();
            return;
        } catch (Throwable x) {
            problem = x;
            LOGGER.log(Level.SEVERE, "Unexpected executor death of " + item.task.getDisplayName(), x);
            Queue.getInstance().left(item, executable);
        }
        finish(problem);
    }

    /** Called when the work that went on without a thread has ended. */
    public void completedAsynchronous(Throwable error) {
        asynchronousExecution = null;
        finish(error);
    }

    private void finish(Throwable problem) {
        owner.removeExecutor(this);
        ((TaskFuture) item.getFuture()).ended(executable, problem);
        Queue.getInstance().scheduleMaintenance();
    }

    @Override
    public void interrupt() {
        Authentication who = jenkins.model.Jenkins.getAuthentication2();
        if (who.equals(ACL.SYSTEM2) || ACL.isAnonymous2(who)) {
            interrupt(Result.ABORTED);
        } else {
            interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption(who.getName()));
        }
    }

    /** Stops the task; it ends with the given result. */
    public void interrupt(Result result) {
        interrupt(result, new CauseOfInterruption[0]);
    }

    /** Stops the task for the given reasons. */
    public void interrupt(Result result, CauseOfInterruption... causes) {
        interruptStatus = result;
        for (CauseOfInterruption cause : causes) {
            if (!this.causes.contains(cause)) {
                this.causes.add(cause);
            }
        }
        AsynchronousExecution async = asynchronousExecution;
        if (async != null) {
            async.interrupt(false);
        } else {
            super.interrupt();
        }
    }

    void interruptForShutdown() {
        AsynchronousExecution async = asynchronousExecution;
        if (async != null) {
            async.interrupt(true);
        } else {
            super.interrupt();
        }
    }

    /** The result that a stopped task ends with. */
    public Result abortResult() {
        Thread.interrupted();
        return interruptStatus == null ? Result.ABORTED : interruptStatus;
    }

    /** Writes the causes of the stop to the build and its log. */
    public void recordCauseOfInterruption(Run<?, ?> build, TaskListener listener) {
        if (causes.isEmpty()) {
            return;
        }
        List<CauseOfInterruption> recorded = new ArrayList<>(causes);
        causes.clear();
        build.addAction(new InterruptedBuildAction(recorded));
        recorded.forEach(cause -> cause.print(listener));
    }

    public final Collection<CauseOfInterruption> getCausesOfInterruption() {
        return Collections.unmodifiableCollection(causes);
    }

    @Override
    public Queue.Executable getCurrentExecutable() {
        return executable;
    }

    public AsynchronousExecution getAsynchronousExecution() {
        return asynchronousExecution;
    }

    /** The workspace the task uses, or null. */
    public FilePath getCurrentWorkspace() {
        return workspace;
    }

    @Override
    public String getDisplayName() {
        return "Executor #" + number;
    }

    @Override
    public int getNumber() {
        return number;
    }

    @Override
    public boolean isIdle() {
        return item == null;
    }

    public boolean isBusy() {
        return item != null;
    }

    public boolean isActive() {
        return asynchronousExecution != null || isAlive();
    }

    /** How long the task has run, in milliseconds. */
    public long getElapsedTime() {
        return System.currentTimeMillis() - startTime;
    }

    public Computer getOwner() {
        return owner;
    }

    /** The executor of the current thread, or null. */
    public static Executor currentExecutor() {
        Thread t = Thread.currentThread();
        return t instanceof Executor ? (Executor) t : null;
    }

    /** The executor that runs the executable, or null. */
    public static Executor of(Queue.Executable executable) {
        jenkins.model.Jenkins running = jenkins.model.Jenkins.getInstanceOrNull();
        if (running != null) {
            for (Computer computer : running.getComputers()) {
                for (Executor e : computer.getAllExecutors()) {
                    if (e.getCurrentExecutable() == executable) {
                        return e;
                    }
                }
            }
        }
        return null;
    }
}
