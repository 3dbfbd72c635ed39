package io.jenkins.plugins.shera.nginx.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
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
 * Sends a share of a route's requests to other members, by hand and without a rollout:
 * {@code setRouteWeight(application: 'shop', environment: 'dev', weight: 20)}.
 */
public class SetRouteWeightStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String application;
    private final String environment;
    private final int weight;
    private String tenant;
    private String nginx;
    private String canary;
    private int servicePort;
    private List<String> members = new ArrayList<>();

    /** What a weight cannot do without. */
    @DataBoundConstructor
    public SetRouteWeightStep(String application, String environment, int weight) {
        this.application = application;
        this.environment = environment;
        this.weight = weight;
    }

    public String getApplication() {
        return application;
    }

    public String getEnvironment() {
        return environment;
    }

    /** Percent, 0 to 100. */
    public int getWeight() {
        return weight;
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Id of the nginx cluster; null for the only one the tenant may use. */
    public String getNginx() {
        return nginx;
    }

    @DataBoundSetter
    public void setNginx(String nginx) {
        this.nginx = Util.fixEmptyAndTrim(nginx);
    }

    /** The Kubernetes Service that gets the share; null for the one named as the application with {@code -canary} behind. */
    public String getCanary() {
        return canary;
    }

    @DataBoundSetter
    public void setCanary(String canary) {
        this.canary = Util.fixEmptyAndTrim(canary);
    }

    /** Port of the Service; 0 for its first. */
    public int getServicePort() {
        return servicePort;
    }

    @DataBoundSetter
    public void setServicePort(int servicePort) {
        this.servicePort = servicePort;
    }

    /** Addresses outside of Kubernetes that get the share, as {@code 10.0.0.5:8080}, or DNS names where nodes run KubeNg; empty for the Service. */
    public List<String> getMembers() {
        return List.copyOf(members);
    }

    @DataBoundSetter
    public void setMembers(List<String> members) {
        this.members = members == null ? new ArrayList<>() : new ArrayList<>(members);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new SetRouteWeightExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "setRouteWeight";
        }

        @Override
        public String getDisplayName() {
            return Messages.SetRouteWeightStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
