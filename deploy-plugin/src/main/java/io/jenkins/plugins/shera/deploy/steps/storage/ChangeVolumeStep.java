package io.jenkins.plugins.shera.deploy.steps.storage;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.order.OrderStep;
import io.jenkins.plugins.shera.deploy.storage.VolumeOrder;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Lets a volume grow, takes a snapshot of it, or makes a new one of a snapshot, and waits until the cluster has done it:
 * {@code changeVolume(application: 'shop', claim: 'shop-data', size: '20Gi')},
 * {@code changeVolume(application: 'shop', claim: 'shop-data', snapshot: 'before-2-0')},
 * {@code changeVolume(application: 'shop', claim: 'shop-data-back', restore: 'before-2-0')}.
 */
public class ChangeVolumeStep extends OrderStep {

    private final String claim;
    private String size;
    private String snapshot;
    private String restore;

    /** Names the application and the claim. */
    @DataBoundConstructor
    public ChangeVolumeStep(String application, String claim) {
        super(application, DescriptorImpl.DEFAULT_TIMEOUT);
        this.claim = claim;
    }

    /** Name of the claim; with restore, of the new one. */
    public String getClaim() {
        return claim;
    }

    /** The size it grows to. */
    public String getSize() {
        return size;
    }

    @DataBoundSetter
    public void setSize(String size) {
        this.size = Util.fixEmptyAndTrim(size);
    }

    /** Name of the snapshot that is taken. */
    public String getSnapshot() {
        return snapshot;
    }

    @DataBoundSetter
    public void setSnapshot(String snapshot) {
        this.snapshot = Util.fixEmptyAndTrim(snapshot);
    }

    /** Name of the snapshot that the claim is made of. */
    public String getRestore() {
        return restore;
    }

    @DataBoundSetter
    public void setRestore(String restore) {
        this.restore = Util.fixEmptyAndTrim(restore);
    }

    @Override
    protected String what() {
        return "change the storage of " + getApplication();
    }

    @Override
    protected StepExecution execution(StepContext context, Subject subject, String actor) {
        return new ChangeVolumeExecution(
                context, subject, VolumeOrder.of(claim, size, snapshot, restore), actor, getTimeout());
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        /** Seconds. */
        public static final int DEFAULT_TIMEOUT = 600;

        @Override
        public String getFunctionName() {
            return "changeVolume";
        }

        @Override
        public String getDisplayName() {
            return Messages.ChangeVolumeStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
