package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code timeout(time: 5, unit: 'MINUTES') { ... }}: stops its body when it takes longer. */
public final class TimeoutStep extends Step {
    private final int time;
    private TimeUnit unit = TimeUnit.MINUTES;

    @DataBoundConstructor
    public TimeoutStep(int time) {
        this.time = time;
    }

    public int getTime() {
        return time;
    }

    public TimeUnit getUnit() {
        return unit;
    }

    @DataBoundSetter
    public void setUnit(TimeUnit unit) {
        this.unit = unit;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, unit.toMillis(time));
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private static final long GRACE_MILLIS = TimeUnit.SECONDS.toMillis(60);

        private final long millis;
        private long end;
        private BodyExecution body;
        private boolean stopping;
        private transient ScheduledFuture<?> alarm;

        Execution(StepContext context, long millis) {
            super(context);
            this.millis = millis;
        }

        @Override
        public boolean start() throws Exception {
            end = System.currentTimeMillis() + millis;
            say("Timeout set to expire in " + Util.getTimeSpanString(millis));
            body = getContext().newBodyInvoker().withCallback(new Over(this)).start();
            schedule();
            return false;
        }

        private synchronized void schedule() {
            long left = Math.max(0, end - System.currentTimeMillis());
            alarm = Timer.get().schedule(this::expire, left, TimeUnit.MILLISECONDS);
        }

        private void expire() {
            FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true, new ExceededTimeout());
            synchronized (this) {
                if (stopping) {
                    say("Body did not finish within grace period; terminating with extreme prejudice");
                    getContext().onFailure(cause);
                    return;
                }
                stopping = true;
                end = System.currentTimeMillis() + GRACE_MILLIS;
            }
            say("Cancelling nested steps due to timeout");
            body.cancel(cause);
            schedule();
        }

        private void say(String text) {
            try {
                getContext().get(TaskListener.class).getLogger().println(text);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("The log cannot be written", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void over() {
            if (alarm != null) {
                alarm.cancel(false);
            }
        }

        @Override
        public void onResume() {
            schedule();
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            over();
            super.stop(cause);
        }
    }

    private static final class Over extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;

        private final Execution execution;

        Over(Execution execution) {
            this.execution = execution;
        }

        @Override
        protected void finished(StepContext context) {
            execution.over();
        }
    }

    /** Tells that the time was up. */
    public static final class ExceededTimeout extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return "Timeout has been exceeded";
        }
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("timeout", "Enforce time limit", true, TaskListener.class);
        }
    }
}
