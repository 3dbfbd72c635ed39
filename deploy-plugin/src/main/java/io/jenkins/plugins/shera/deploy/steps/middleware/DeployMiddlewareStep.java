package io.jenkins.plugins.shera.deploy.steps.middleware;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Deploys a database, a cache or a broker beside an application and waits until it serves:
 * {@code deployMiddleware(application: 'shop', environment: 'dev', name: 'shop-db', template: 'mysql', size: '10Gi')}.
 */
public class DeployMiddlewareStep extends MiddlewareStep {

    private final String template;
    private String version;
    private String size;
    private String storageClass;
    private String cpu;
    private String memory;
    private Map<String, String> parameters = new LinkedHashMap<>();
    private boolean dryRun;

    /** What it cannot do without. */
    @DataBoundConstructor
    public DeployMiddlewareStep(String application, String name, String template) {
        super(application, name);
        this.template = template;
    }

    /** {@code mysql}, {@code redis} or {@code rabbitmq}. */
    public String getTemplate() {
        return template;
    }

    /** One the platform offers; null for the one that runs, at first the usual one. */
    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    /** Size of its volume; null for what it has. */
    public String getSize() {
        return size;
    }

    @DataBoundSetter
    public void setSize(String size) {
        this.size = Util.fixEmptyAndTrim(size);
    }

    /** Name of the StorageClass; null for the cluster's default. */
    public String getStorageClass() {
        return storageClass;
    }

    @DataBoundSetter
    public void setStorageClass(String storageClass) {
        this.storageClass = Util.fixEmptyAndTrim(storageClass);
    }

    /** CPU asked for. */
    public String getCpu() {
        return cpu;
    }

    @DataBoundSetter
    public void setCpu(String cpu) {
        this.cpu = Util.fixEmptyAndTrim(cpu);
    }

    /** Memory asked for, which is also the limit. */
    public String getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        this.memory = Util.fixEmptyAndTrim(memory);
    }

    /** What the template lets one choose. */
    public Map<String, String> getParameters() {
        return parameters;
    }

    /** Takes what Groovy makes of a map, so values may be numbers and texts with variables. */
    @DataBoundSetter
    public void setParameters(Map<String, ?> parameters) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (parameters != null) {
            parameters.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        this.parameters = texts;
    }

    /** Whether it only shows what would change. */
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    boolean onlyPlans() {
        return dryRun;
    }

    @Override
    MiddlewareRequest request(Subject subject, String id) {
        MiddlewareSpec spec = MiddlewareDesk.spec(subject, getName(), template, version, parameters)
                .volume(size, storageClass)
                .resources(cpu, memory);
        return new MiddlewareRequest(
                subject, spec.name(), spec, MiddlewareLaw.pullRegistry(subject.tenant(), template), id);
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "deployMiddleware";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployMiddlewareStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
