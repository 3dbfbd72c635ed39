package io.jenkins.plugins.shera.deploy.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.steps.pod.PodSettingPart;
import io.jenkins.plugins.shera.platform.extension.DeploymentSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Runs an image as an application and waits until it serves:
 * {@code deployApplication(application: 'shop', environment: 'dev', image: built.reference, port: 8080)}.
 */
public class DeployApplicationStep extends ContentStep {

    private final String application;
    private final String image;
    private String environment;
    private String tenant;
    private Integer replicas;
    private int port;
    private String probePath;
    private List<VolumePart> volumes = new ArrayList<>();
    private List<PodSettingPart> pod = new ArrayList<>();
    private String maxSurge;
    private String maxUnavailable;
    private int minReadySeconds;
    private String cpu;
    private String memory;
    private int timeout = DescriptorImpl.DEFAULT_TIMEOUT;
    private String override;
    private String apm;
    private List<DeploymentSetting> thresholds;
    private String onInterrupt = OnInterrupt.HOLD.text();

    /** What a deployment cannot do without. */
    @DataBoundConstructor
    public DeployApplicationStep(String application, String image) {
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

    /** Why an image the environment's policy refuses is let in all the same; needs Promote, never as SYSTEM. Null when it is not. */
    public String getOverride() {
        return override;
    }

    @DataBoundSetter
    public void setOverride(String override) {
        this.override = Util.fixEmptyAndTrim(override);
    }

    /** Number of pods; null leaves the number that is there, 1 at first. */
    public Integer getReplicas() {
        return replicas;
    }

    @DataBoundSetter
    public void setReplicas(Integer replicas) {
        this.replicas = replicas;
    }

    /** TCP port the program listens on; 0 for a program without one, which then gets no Service. */
    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    /** HTTP path that answers when the program is ready; null to probe the port itself. */
    public String getProbePath() {
        return probePath;
    }

    @DataBoundSetter
    public void setProbePath(String probePath) {
        this.probePath = Util.fixEmptyAndTrim(probePath);
    }

    /** What outlives its pods. */
    public List<VolumePart> getVolumes() {
        return volumes;
    }

    @DataBoundSetter
    public void setVolumes(List<VolumePart> volumes) {
        this.volumes = volumes == null ? new ArrayList<>() : new ArrayList<>(volumes);
    }

    /** What is said of the pods besides: probes, service account, where they run, how they end. */
    public List<PodSettingPart> getPod() {
        return pod;
    }

    @DataBoundSetter
    public void setPod(List<PodSettingPart> pod) {
        this.pod = pod == null ? new ArrayList<>() : new ArrayList<>(pod);
    }

    /** Pods, or a share such as {@code 25%}, that a rolling update adds; null for 25%. */
    public String getMaxSurge() {
        return maxSurge;
    }

    @DataBoundSetter
    public void setMaxSurge(String maxSurge) {
        this.maxSurge = Util.fixEmptyAndTrim(maxSurge);
    }

    /** Pods, or a share, that may be missing in a rolling update; null for none. */
    public String getMaxUnavailable() {
        return maxUnavailable;
    }

    @DataBoundSetter
    public void setMaxUnavailable(String maxUnavailable) {
        this.maxUnavailable = Util.fixEmptyAndTrim(maxUnavailable);
    }

    /** Seconds for which a pod must have been ready until it counts; 0 for what is usual. */
    public int getMinReadySeconds() {
        return minReadySeconds;
    }

    @DataBoundSetter
    public void setMinReadySeconds(int minReadySeconds) {
        this.minReadySeconds = minReadySeconds;
    }

    /** CPU asked for, for example {@code 250m}. */
    public String getCpu() {
        return cpu;
    }

    @DataBoundSetter
    public void setCpu(String cpu) {
        this.cpu = Util.fixEmptyAndTrim(cpu);
    }

    /** Memory asked for, which is also the limit, for example {@code 256Mi}. */
    public String getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        this.memory = Util.fixEmptyAndTrim(memory);
    }

    /** {@code on}, {@code off}, {@code canary}, an agent's name, or {@code canary:NAME}; null leaves the switch of APM as it stands. */
    public String getApm() {
        return apm;
    }

    @DataBoundSetter
    public void setApm(String apm) {
        this.apm = Util.fixEmptyAndTrim(apm);
    }

    /** What the application is warned about in this environment from now on; null leaves that as it is. */
    public List<DeploymentSetting> getThresholds() {
        return thresholds;
    }

    /** Known where a plugin that watches applications is installed. */
    @DataBoundSetter
    public void setThresholds(List<DeploymentSetting> thresholds) {
        this.thresholds = thresholds == null ? null : new ArrayList<>(thresholds);
    }

    /** Seconds until all pods must serve. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    /** {@code hold} or {@code abort}. */
    public String getOnInterrupt() {
        return onInterrupt;
    }

    @DataBoundSetter
    public void setOnInterrupt(String onInterrupt) {
        this.onInterrupt = Util.fixEmptyAndTrim(onInterrupt) == null ? OnInterrupt.HOLD.text() : onInterrupt.trim();
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new DeployApplicationExecution(context, new DeployPermit(this, context.get(Run.class)));
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        /** Seconds; as Kubernetes' own progress deadline. */
        public static final int DEFAULT_TIMEOUT = 600;

        @Override
        public String getFunctionName() {
            return "deployApplication";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployApplicationStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
