package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.TaskListener;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sleep 5} or {@code sleep time: 5, unit: 'MINUTES'}: waits without holding a thread. */
public final class SleepStep extends Step {
    private final int time;
    private TimeUnit unit = TimeUnit.SECONDS;

    @DataBoundConstructor
    public SleepStep(int time) {
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

        private final long millis;
        private long end;
        private transient ScheduledFuture<?> alarm;

        Execution(StepContext context, long millis) {
            super(context);
            this.millis = millis;
        }

        @Override
        public boolean start() throws Exception {
            end = System.currentTimeMillis() + millis;
            getContext().get(TaskListener.class).getLogger().println("Sleeping for " + Util.getTimeSpanString(millis));
            schedule();
            return false;
        }

        private void schedule() {
            long left = Math.max(0, end - System.currentTimeMillis());
            alarm = Timer.get().schedule(() -> getContext().onSuccess(null), left, TimeUnit.MILLISECONDS);
        }

        @Override
        public void onResume() {
            schedule();
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            if (alarm != null) {
                alarm.cancel(false);
            }
            super.stop(cause);
        }

        @Override
        public String getStatus() {
            long left = end - System.currentTimeMillis();
            return left < 0 ? "should have stopped sleeping" : "sleeping for another " + Util.getTimeSpanString(left);
        }
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("sleep", "Sleep", false, TaskListener.class);
        }
    }
}
