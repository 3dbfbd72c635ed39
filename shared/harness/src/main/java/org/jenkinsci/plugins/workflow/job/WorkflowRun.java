package org.jenkinsci.plugins.workflow.job;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.BuildListener;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.shera.harness.pipeline.BuildLog;
import io.jenkins.plugins.shera.harness.pipeline.BuildProblems;
import io.jenkins.plugins.shera.harness.pipeline.FlowHost;
import io.jenkins.plugins.shera.harness.pipeline.UnfinishedBuilds;
import java.io.File;
import java.io.IOException;
import java.util.Date;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import jenkins.model.queue.AsynchronousExecution;
import org.jenkinsci.plugins.workflow.cps.EnvActionImpl;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One build of a Pipeline job; goes on by itself when Jenkins comes up again. */
public final class WorkflowRun extends Run<WorkflowJob, WorkflowRun>
        implements FlowExecutionOwner.Executable, FlowHost {
    private static final Logger LOGGER = Logger.getLogger(WorkflowRun.class.getName());

    private FlowExecution execution;
    private Boolean completed;
    /** The result while the build runs; the one of the superclass reads FAILURE when it is not there. */
    private volatile Result resultSoFar;

    private transient volatile AsynchronousExecution asynchronous;
    private transient volatile boolean ending;
    private transient SettableFuture<FlowExecution> promise = SettableFuture.create();

    public WorkflowRun(WorkflowJob job) throws IOException {
        super(job);
    }

    public WorkflowRun(WorkflowJob job, File dir) throws IOException {
        super(job, dir);
    }

    @Override
    public void run() {
        if (completed != null) {
            throw new IllegalStateException(this + " has been started before");
        }
        completed = false;
        onStartBuilding();
        BuildListener listener = BuildLog.of(this).listener();
        asynchronous = new Going(this);
        try {
            getCauses().forEach(cause -> cause.print(listener));
            RunListener.fireStarted(this, listener);
            FlowDefinition definition = getParent().getDefinition();
            if (definition == null) {
                throw new AbortException("No flow definition, cannot run");
            }
            execution = definition.create(new Owner(this), listener, getAllActions());
            save();
            UnfinishedBuilds.get().add(this);
            promise().set(execution);
            execution.start();
        } catch (Exception e) {
            flowEnded(e);
        }
        throw asynchronous;
    }

    @Override
    protected void onLoad() {
        super.onLoad();
        if (execution == null) {
            return;
        }
        if (isBuilding()) {
            result = resultSoFar;
            announceResumption();
        }
        try {
            execution.onLoad(new Owner(this));
            promise().set(execution);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The flow of " + this + " cannot be loaded", e);
        }
    }

    private void announceResumption() {
        BuildLog.of(this).listener().getLogger().println("Resuming build at " + new Date() + " after Jenkins restart");
    }

    @Override
    public void flowEnded(Throwable problem) {
        ending = true;
        BuildListener listener = BuildLog.of(this).listener();
        Result end = problem == null
                ? Result.SUCCESS
                : problem instanceof FlowInterruptedException stop ? stop.getResult() : Result.FAILURE;
        setResult(end);
        BuildProblems.print(problem, this, listener);
        duration = Math.max(0, System.currentTimeMillis() - getStartTimeInMillis());
        try {
            RunListener.fireCompleted(this, listener);
            listener.getLogger().println("Finished: " + getResult());
            completed = true;
            save();
            onEndBuilding();
            UnfinishedBuilds.get().remove(this);
            BuildLog.of(this).close();
            getParent().logRotate();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The end of " + this + " cannot be saved", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ending = false;
            promise().setException(new AbortException(this + " has ended without a flow"));
            AsynchronousExecution going = asynchronous;
            if (going != null) {
                going.completed(null);
            }
        }
    }

    private synchronized SettableFuture<FlowExecution> promise() {
        if (promise == null) {
            promise = SettableFuture.create();
        }
        return promise;
    }

    /** The flow, or null before it was made. */
    public FlowExecution getExecution() {
        return execution;
    }

    /** The flow, once it was made. */
    public ListenableFuture<FlowExecution> getExecutionPromise() {
        return promise();
    }

    @Override
    public FlowExecutionOwner asFlowExecutionOwner() {
        return new Owner(this);
    }

    @Override
    public boolean hasntStartedYet() {
        return completed == null;
    }

    @Override
    public boolean isBuilding() {
        return ending || completed == null || !completed;
    }

    @Override
    public boolean isInProgress() {
        return isBuilding();
    }

    @Override
    public boolean isLogUpdated() {
        return isBuilding();
    }

    @Override
    public void setResult(Result r) {
        if (result == null || r.isWorseThan(result)) {
            result = r;
            resultSoFar = r;
        }
    }

    @Override
    public EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException {
        EnvVars variables = super.getEnvironment(listener);
        EnvActionImpl set = getAction(EnvActionImpl.class);
        if (set != null) {
            variables.overrideAll(set.getOverriddenEnvironment());
        }
        return variables;
    }

    /** Stops the build, on a page. */
    @RequirePOST
    public HttpResponse doStop() {
        checkPermission(Item.CANCEL);
        stop();
        return HttpResponses.forwardToPreviousPage();
    }

    private void stop() {
        FlowExecution running = execution;
        if (running != null && isBuilding()) {
            String user = Jenkins.getAuthentication2().getName();
            try {
                running.interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption(user));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(this + " cannot be stopped: " + e.getMessage(), e);
            }
        }
    }

    private static final class Going extends AsynchronousExecution {
        private static final long serialVersionUID = 1L;

        private final transient WorkflowRun run;

        Going(WorkflowRun run) {
            this.run = run;
        }

        @Override
        public void interrupt(boolean forShutdown) {
            Executor executor = getExecutor();
            if (forShutdown || run.execution == null || executor == null) {
                return;
            }
            try {
                run.execution.interrupt(
                        executor.abortResult(),
                        executor.getCausesOfInterruption().toArray(new CauseOfInterruption[0]));
            } catch (IOException | InterruptedException e) {
                LOGGER.log(Level.WARNING, run + " cannot be stopped", e);
            }
        }

        @Override
        public boolean blocksRestart() {
            return false;
        }

        @Override
        public boolean displayCell() {
            return false;
        }
    }

    private static final class Owner extends FlowExecutionOwner {
        private static final long serialVersionUID = 1L;

        private final String id;
        private final transient WorkflowRun known;

        Owner(WorkflowRun run) {
            this.id = run.getExternalizableId();
            this.known = run;
        }

        @Override
        public Queue.Executable getExecutable() throws IOException {
            return build();
        }

        private WorkflowRun build() throws IOException {
            Run<?, ?> run = known != null ? known : Run.fromExternalizableId(id);
            if (run instanceof WorkflowRun flow) {
                return flow;
            }
            throw new IOException("There is no build " + id);
        }

        @Override
        public FlowExecution get() throws IOException {
            return build().getExecution();
        }

        @Override
        public File getRootDir() throws IOException {
            return build().getRootDir();
        }

        @Override
        public String getUrl() throws IOException {
            return build().getUrl();
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Owner other && id.equals(other.id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        @Override
        public String toString() {
            return id;
        }
    }
}
