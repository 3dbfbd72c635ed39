package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.steps.Lines;
import io.jenkins.plugins.shera.deploy.steps.pod.PodSettingPart;
import io.jenkins.plugins.shera.platform.extension.TrafficRouter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Releases an image a little at a time beside the stable one:
 * {@code canary(application: 'shop', image: built.reference, steps: [setWeight(20), pause(duration: '10m')])}.
 */
public class CanaryStep extends Step {

    private final String application;
    private final String image;
    private String environment;
    private String tenant;
    private List<RolloutPart> steps = new ArrayList<>();
    private String template;
    private TrafficRouter router;
    private Map<String, String> env = new LinkedHashMap<>();
    private List<PodSettingPart> pod = new ArrayList<>();
    private int progressDeadlineSeconds = DescriptorImpl.DEFAULT_DEADLINE;
    private String onInterrupt = "hold";
    private String override;

    /** What a rollout cannot do without. */
    @DataBoundConstructor
    public CanaryStep(String application, String image) {
        this.application = application;
        this.image = image;
    }

    public String getApplication() {
        return application;
    }

    public String getImage() {
        return image;
    }

    /** Name of the environment; null when the application has only one. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** The steps in order; give these or a template. */
    public List<RolloutPart> getSteps() {
        return steps;
    }

    @DataBoundSetter
    public void setSteps(List<RolloutPart> steps) {
        this.steps = steps == null ? new ArrayList<>() : new ArrayList<>(steps);
    }

    /** Name of a ready plan; null when there are steps. */
    public String getTemplate() {
        return template;
    }

    @DataBoundSetter
    public void setTemplate(String template) {
        this.template = Util.fixEmptyAndTrim(template);
    }

    /** What splits the traffic; null for pods as shares. */
    public TrafficRouter getRouter() {
        return router;
    }

    @DataBoundSetter
    public void setRouter(TrafficRouter router) {
        // By pods is what none means, and a form always sends one.
        this.router = router instanceof ReplicasRouter ? null : router;
    }

    /** Environment variables that the new revision has besides those of the stable one. */
    public Map<String, String> getEnv() {
        return env;
    }

    /** Takes what Groovy makes of a map, so values may be numbers and texts with variables. */
    @DataBoundSetter
    public void setEnv(Map<String, ?> env) {
        this.env = Lines.texts(env);
    }

    /** Always null, as {@code env} says it; a form, which has no maps, sends lines here. */
    public String getVariables() {
        return null;
    }

    /** The variables of {@code env} as lines {@code NAME=VALUE}. */
    @DataBoundSetter
    public void setVariables(String variables) {
        env.putAll(Lines.read(variables));
    }

    /** For the form. */
    public String getEnvText() {
        return Lines.of(env);
    }

    /** What the pods of the new revision have besides, over those of the stable one. */
    public List<PodSettingPart> getPod() {
        return pod;
    }

    @DataBoundSetter
    public void setPod(List<PodSettingPart> pod) {
        this.pod = pod == null ? new ArrayList<>() : new ArrayList<>(pod);
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

    /** Why a freeze or the environment's policy is overridden; null when it is not. */
    public String getOverride() {
        return override;
    }

    @DataBoundSetter
    public void setOverride(String override) {
        this.override = Util.fixEmptyAndTrim(override);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new CanaryExecution(context, RolloutPermit.ofCanary(this, context.get(Run.class)));
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        /** Seconds; as Kubernetes' own progress deadline. */
        public static final int DEFAULT_DEADLINE = 600;

        @Override
        public String getFunctionName() {
            return "canary";
        }

        @Override
        public String getDisplayName() {
            return Messages.CanaryStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
