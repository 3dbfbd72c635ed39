package org.jenkinsci.plugins.workflow.job;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.queue.CauseOfBlockage;
import io.jenkins.plugins.shera.harness.pipeline.BuildRecords;
import io.jenkins.plugins.shera.harness.pipeline.EarlierBuildRuns;
import java.io.IOException;
import java.util.SortedMap;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty;

/** A job whose builds run a Pipeline. */
public final class WorkflowJob extends Job<WorkflowJob, WorkflowRun>
        implements ParameterizedJobMixIn.ParameterizedJob<WorkflowJob, WorkflowRun>, TopLevelItem, Queue.FlyweightTask {
    private FlowDefinition definition;
    private volatile boolean disabled;
    private transient volatile BuildRecords<WorkflowRun> builds;

    public WorkflowJob(ItemGroup parent, String name) {
        super(parent, name);
    }

    private BuildRecords<WorkflowRun> records() {
        synchronized (this) {
            if (builds == null) {
                builds = new BuildRecords<>(getBuildDir(), folder -> new WorkflowRun(this, folder));
            }
            return builds;
        }
    }

    public FlowDefinition getDefinition() {
        return definition;
    }

    public void setDefinition(FlowDefinition definition) {
        this.definition = definition;
        try {
            save();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The Pipeline of " + getFullName() + " cannot be saved", e);
        }
    }

    @Override
    public boolean isBuildable() {
        return !disabled && definition != null;
    }

    @Override
    public boolean isDisabled() {
        return disabled;
    }

    public void setDisabled(boolean disabled) {
        this.disabled = disabled;
    }

    @Override
    public boolean isConcurrentBuild() {
        return getProperty(DisableConcurrentBuildsJobProperty.class) == null;
    }

    @Override
    public CauseOfBlockage getCauseOfBlockage() {
        WorkflowRun last = getLastBuild();
        boolean waits = !isConcurrentBuild() && last != null && last.isInProgress();
        return waits ? new EarlierBuildRuns(last) : null;
    }

    @Override
    public Queue.Executable createExecutable() throws IOException {
        if (disabled) {
            return null;
        }
        WorkflowRun run = new WorkflowRun(this);
        records().add(run.getNumber(), run);
        return run;
    }

    @Override
    public boolean isInQueue() {
        return Queue.getInstance().contains(this);
    }

    @Override
    public boolean hasAbortPermission() {
        return hasPermission(Item.CANCEL);
    }

    @Override
    protected SortedMap<Integer, WorkflowRun> _getRuns() {
        return records().all();
    }

    @Override
    protected void removeRun(WorkflowRun run) {
        records().remove(run.getNumber());
    }

    @Override
    public WorkflowRun getBuildByNumber(int n) {
        return records().find(n);
    }

    @Override
    public TopLevelItemDescriptor getDescriptor() {
        return (DescriptorImpl) jenkins.model.Jenkins.get().getDescriptorOrDie(WorkflowJob.class);
    }

    /** Its descriptor. */
    @Extension
    @Symbol({"pipeline", "pipelineJob"})
    public static final class DescriptorImpl extends TopLevelItemDescriptor {
        @Override
        public String getDisplayName() {
            return "Pipeline";
        }

        @Override
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            return new WorkflowJob(parent, name);
        }
    }
}
