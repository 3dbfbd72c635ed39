package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Releases several applications together, all or none:
 * {@code releaseSet(members: [member(application: 'stock', image: a), member(application: 'shop', image: b, after: ['stock'])],
 * steps: [setWeight(20), pause(duration: '10m')])}.
 */
public class ReleaseSetStep extends Step {

    private final List<SetMemberPart> members;
    private List<RolloutPart> steps = new ArrayList<>();
    private String template;
    private String override;
    private String tenant;
    private int progressDeadlineSeconds = CanaryStep.DescriptorImpl.DEFAULT_DEADLINE;
    private String onInterrupt = "hold";

    /** The members, in any order. */
    @DataBoundConstructor
    public ReleaseSetStep(List<SetMemberPart> members) {
        this.members = members == null ? new ArrayList<>() : new ArrayList<>(members);
    }

    public List<SetMemberPart> getMembers() {
        return members;
    }

    /** The steps, the same for all. */
    public List<RolloutPart> getSteps() {
        return steps;
    }

    @DataBoundSetter
    public void setSteps(List<RolloutPart> steps) {
        this.steps = steps == null ? new ArrayList<>() : new ArrayList<>(steps);
    }

    /** A ready plan instead of steps; null when steps are given. */
    public String getTemplate() {
        return template;
    }

    @DataBoundSetter
    public void setTemplate(String template) {
        this.template = Util.fixEmptyAndTrim(template);
    }

    /** Why freezes and the environments' policies do not count this time; null when they do. */
    public String getOverride() {
        return override;
    }

    @DataBoundSetter
    public void setOverride(String override) {
        this.override = Util.fixEmptyAndTrim(override);
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Seconds that a step may take until its weight is served, and the promotion until stable serves. */
    public int getProgressDeadlineSeconds() {
        return progressDeadlineSeconds;
    }

    @DataBoundSetter
    public void setProgressDeadlineSeconds(int progressDeadlineSeconds) {
        this.progressDeadlineSeconds = progressDeadlineSeconds;
    }

    /** {@code hold} or {@code abort}. */
    public String getOnInterrupt() {
        return onInterrupt;
    }

    @DataBoundSetter
    public void setOnInterrupt(String onInterrupt) {
        this.onInterrupt = Util.fixEmptyAndTrim(onInterrupt) == null ? "hold" : onInterrupt.trim();
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        List<RolloutPermit> alone = new ArrayList<>();
        for (SetMemberPart member : members) {
            CanaryStep step = new CanaryStep(member.getApplication(), member.getImage());
            step.setEnvironment(member.getEnvironment());
            step.setTenant(tenant);
            step.setRouter(member.getRouter());
            step.setEnv(member.getEnv());
            step.setSteps(steps);
            step.setTemplate(template);
            step.setOverride(override);
            step.setProgressDeadlineSeconds(progressDeadlineSeconds);
            step.setOnInterrupt(onInterrupt);
            alone.add(RolloutPermit.ofCanary(step, context.get(Run.class)));
        }
        try {
            List<RolloutPermit> together = SetPermit.together(
                    alone, members.stream().map(SetMemberPart::getAfter).toList());
            return new ReleaseSetExecution(context, together, onInterrupt.equals("abort"), override);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "releaseSet";
        }

        @Override
        public String getDisplayName() {
            return Messages.ReleaseSetStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
