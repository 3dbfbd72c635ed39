package io.jenkins.plugins.shera.deploy.steps.scale;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.scale.CustomMetric;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.steps.order.OrderStep;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Sets how many pods an application has and waits until they serve: {@code scaleApplication(application: 'shop', replicas: 3)},
 * {@code scaleApplication(application: 'shop', min: 2, max: 6, cpu: 70)}, {@code scaleApplication(application: 'shop', wake: true)}.
 */
public class ScaleApplicationStep extends OrderStep {

    private Integer replicas;
    private Integer min;
    private Integer max;
    private Integer cpu;
    private Integer memory;
    private String metric;
    private String metricKind;
    private String metricTarget;
    private String metricObject;
    private String metricSelector;
    private boolean wake;

    /** Names the application. */
    @DataBoundConstructor
    public ScaleApplicationStep(String application) {
        super(application, DescriptorImpl.DEFAULT_TIMEOUT);
    }

    /** A fixed number of pods; 0 sends the application to sleep. */
    public Integer getReplicas() {
        return replicas;
    }

    @DataBoundSetter
    public void setReplicas(Integer replicas) {
        this.replicas = replicas;
    }

    /** Fewest pods of an autoscaler. */
    public Integer getMin() {
        return min;
    }

    @DataBoundSetter
    public void setMin(Integer min) {
        this.min = min;
    }

    /** Most pods of an autoscaler. */
    public Integer getMax() {
        return max;
    }

    @DataBoundSetter
    public void setMax(Integer max) {
        this.max = max;
    }

    /** Use the autoscaler aims at, in percent of the CPU each pod asks for. */
    public Integer getCpu() {
        return cpu;
    }

    @DataBoundSetter
    public void setCpu(Integer cpu) {
        this.cpu = cpu;
    }

    /** The same of memory. */
    public Integer getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(Integer memory) {
        this.memory = memory;
    }

    /** A metric besides CPU and memory as the cluster's adapter names it; null for none. */
    public String getMetric() {
        return metric;
    }

    @DataBoundSetter
    public void setMetric(String metric) {
        this.metric = Util.fixEmptyAndTrim(metric);
    }

    /** {@code pods}, {@code object} or {@code external}; null means pods. */
    public String getMetricKind() {
        return metricKind;
    }

    @DataBoundSetter
    public void setMetricKind(String metricKind) {
        this.metricKind = Util.fixEmptyAndTrim(metricKind);
    }

    /** The value aimed at: for each pod, or of the object. */
    public String getMetricTarget() {
        return metricTarget;
    }

    @DataBoundSetter
    public void setMetricTarget(String metricTarget) {
        this.metricTarget = Util.fixEmptyAndTrim(metricTarget);
    }

    /** For object: kind and name, for example {@code Ingress/shop}; null for other kinds. */
    public String getMetricObject() {
        return metricObject;
    }

    @DataBoundSetter
    public void setMetricObject(String metricObject) {
        this.metricObject = Util.fixEmptyAndTrim(metricObject);
    }

    /** Labels of the series, for example {@code queue=orders}; null for none. */
    public String getMetricSelector() {
        return metricSelector;
    }

    @DataBoundSetter
    public void setMetricSelector(String metricSelector) {
        this.metricSelector = Util.fixEmptyAndTrim(metricSelector);
    }

    /** Whether a sleeping application gets as many pods as before. */
    public boolean isWake() {
        return wake;
    }

    @DataBoundSetter
    public void setWake(boolean wake) {
        this.wake = wake;
    }

    @Override
    protected String what() {
        return "scale " + getApplication();
    }

    @Override
    protected StepExecution execution(StepContext context, Subject subject, String actor) {
        return new ScaleApplicationExecution(
                context,
                subject,
                ScaleOrder.of(
                        replicas,
                        min,
                        max,
                        cpu,
                        memory,
                        CustomMetric.of(metricKind, metric, metricTarget, metricObject, metricSelector),
                        wake),
                actor,
                getTimeout());
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        /** Seconds; as Kubernetes' own progress deadline. */
        public static final int DEFAULT_TIMEOUT = 600;

        @Override
        public String getFunctionName() {
            return "scaleApplication";
        }

        @Override
        public String getDisplayName() {
            return Messages.ScaleApplicationStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
