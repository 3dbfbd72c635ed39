package io.jenkins.plugins.shera.terminal.steps;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.ActingAs;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.terminal.command.CommandRecord;
import io.jenkins.plugins.shera.terminal.desk.Entry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Does the parts of a session one after the other. Saved are the request and how far it is. After a restart files are copied and
 * images made again; a command that was under way is never run again: the step says what became of it, and fails.
 */
final class InContainerExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(InContainerExecution.class.getName());
    private static final Duration TICK = Duration.ofMillis(500);
    private static final long SAVE_SECONDS = 30;

    private final SessionRequest request;
    private final SessionState state = new SessionState();
    private volatile Throwable stopped;

    private transient Schedule ticks;
    private transient ContainerSession session;
    private transient boolean resumed;
    private transient boolean ended;
    private transient Object lock;
    private transient Thread worker;

    InContainerExecution(StepContext context, SessionRequest request) {
        super(context);
        this.request = request;
    }

    @Override
    public boolean start() {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        resumed = state.isBegun();
        begin();
    }

    private void begin() {
        lock = new Object();
        ticks = Schedules.get().every(TICK, "session in " + request, ACL.SYSTEM_USERNAME, this::tick);
    }

    /** Comes on the thread of the build's program, so it waits for nothing: what copies a file or packages is interrupted. */
    @Override
    public void stop(Throwable cause) {
        synchronized (lock) {
            if (stopped == null) {
                stopped = cause;
                if (worker != null) {
                    worker.interrupt();
                }
            }
        }
    }

    @Override
    public String getStatus() {
        return "step " + (state.next() + 1) + " of " + request.parts().size() + " in a container of " + request;
    }

    /** Never overlaps with itself. */
    private void tick() {
        if (ended) {
            return;
        }
        boolean stop = stopped != null;
        if (!stop) {
            synchronized (lock) {
                worker = Thread.currentThread();
            }
        }
        try (ACLContext ignored = ACL.as2(ActingAs.of(request.actor()))) {
            if (stop) {
                finish(stopped);
            } else {
                act();
            }
        } catch (IOException | Refusal e) {
            LOGGER.log(Level.FINE, "the session in " + request + " failed", e);
            AbortException said = new AbortException(Messages.InContainerExecution_failed(request, e.getMessage()));
            said.initCause(e);
            fail(said);
        } catch (InterruptedException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the session in " + request + " failed", e);
            fail(e);
        } finally {
            synchronized (lock) {
                worker = null;
                // The interruption was meant for this tick, not for what this thread does next.
                Thread.interrupted();
            }
        }
    }

    /**
     * What was interrupted is no failure of its own: either the build is stopped, which the next tick sees to, or Jenkins goes down,
     * and the step resumes with it.
     */
    private void fail(Exception e) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            interrupted |= cause instanceof InterruptedException
                    || cause instanceof InterruptedIOException
                    || cause instanceof ClosedByInterruptException;
        }
        if (stopped == null && !interrupted) {
            finish(e);
        }
    }

    private void act() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        Entry entry = request.entry(run);
        if (session == null) {
            session = new ContainerSession(
                    request,
                    state,
                    entry,
                    getContext().get(TaskListener.class),
                    getContext().get(FilePath.class),
                    mask(run, getContext().get(ConsoleLogFilter.class)));
            if (resumed) {
                resumed = false;
                again();
            }
        }
        session.entry(entry);
        boolean more = true;
        while (more && stopped == null) {
            more = session.isBusy() ? look() : next();
        }
    }

    /** As the build's log hides them: those of this step's surroundings, and those of all builds. */
    private static CommandRecord.Mask mask(Run<?, ?> run, ConsoleLogFilter around) {
        return to -> {
            OutputStream masked = to;
            try {
                for (ConsoleLogFilter each : ExtensionList.lookup(ConsoleLogFilter.class)) {
                    masked = each.decorateLogger(run, masked);
                }
                return around == null ? masked : around.decorateLogger(run, masked);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted before a recording began");
            }
        };
    }

    /** At the command under way; whether there is more to do at once. */
    private boolean look() throws IOException, InterruptedException {
        boolean over = session.isOver();
        if (over) {
            state.done();
        }
        if (session.learnt() || over) {
            save();
        }
        return over;
    }

    /** Begins the next part, or ends the step; whether there is more to do at once. */
    private boolean next() throws IOException, InterruptedException {
        if (state.next() == request.parts().size()) {
            end();
            getContext().onSuccess(new ContainerSessionResult(state));
            return false;
        }
        state.begin();
        save();
        request.parts().get(state.next()).begin(session);
        if (!session.isBusy()) {
            state.done();
            save();
        }
        return true;
    }

    /** Jenkins went down in the middle of a part. */
    private void again() throws IOException, InterruptedException {
        int number = state.next() + 1;
        if (request.parts().get(state.next()) instanceof RunCommandPart) {
            if (state.process() == null) {
                throw new AbortException(Messages.InContainerExecution_unknown(number, state.place()));
            }
            throw new AbortException(
                    session.runs()
                            ? Messages.InContainerExecution_runs(
                                    number, state.place(), state.process().pid())
                            : Messages.InContainerExecution_over(number, state.place()));
        }
        getContext().get(TaskListener.class).getLogger().println(Messages.InContainerExecution_again(number));
    }

    /** Saved before the container is changed, so that after a SIGKILL we know what we were about to do. */
    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that works in " + request + "; going on", e);
        }
    }

    /** Nothing goes on in the container when the step is over. */
    private void finish(Throwable why) {
        try {
            if (session != null) {
                session.endCommand();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the command in " + session.where() + " could not be ended", e);
            why.addSuppressed(e);
        }
        end();
        getContext().onFailure(why);
    }

    private void end() {
        ended = true;
        ticks.cancel();
        if (session != null) {
            session.close();
        }
    }
}
