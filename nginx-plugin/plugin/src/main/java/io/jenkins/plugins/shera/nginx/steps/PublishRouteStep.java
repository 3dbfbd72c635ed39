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
 * Makes an application reachable through nginx:
 * {@code publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com')}.
 */
public class PublishRouteStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String application;
    private final String environment;
    private final String host;
    private String tenant;
    private String nginx;
    private String path = "/";
    private int port;
    private String service;
    private int servicePort;
    private List<String> members = new ArrayList<>();
    private RouteTlsSettings tls;
    private RouteRulesSettings rules;

    /** What a route cannot do without. */
    @DataBoundConstructor
    public PublishRouteStep(String application, String environment, String host) {
        this.application = application;
        this.environment = environment;
        this.host = host;
    }

    public String getApplication() {
        return application;
    }

    public String getEnvironment() {
        return environment;
    }

    public String getHost() {
        return host;
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

    /** Path prefix that leads to the application. */
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = path;
    }

    /** Where nginx listens; 0 for the cluster's own port. */
    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    /** The Kubernetes Service behind the route; null for the one named as the application. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    /** Port of the Service; 0 for its first. */
    public int getServicePort() {
        return servicePort;
    }

    @DataBoundSetter
    public void setServicePort(int servicePort) {
        this.servicePort = servicePort;
    }

    /** Addresses outside of Kubernetes, as {@code 10.0.0.5:8080}; empty for the Service. */
    public List<String> getMembers() {
        return List.copyOf(members);
    }

    @DataBoundSetter
    public void setMembers(List<String> members) {
        this.members = members == null ? new ArrayList<>() : new ArrayList<>(members);
    }

    /** How it is served over TLS beside the plain port; null for not. */
    public RouteTlsSettings getTls() {
        return tls;
    }

    @DataBoundSetter
    public void setTls(RouteTlsSettings tls) {
        this.tls = tls;
    }

    /** What nginx does with its requests beside passing them on; null for what was said of that before. */
    public RouteRulesSettings getRules() {
        return rules;
    }

    @DataBoundSetter
    public void setRules(RouteRulesSettings rules) {
        this.rules = rules;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PublishRouteExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "publishRoute";
        }

        @Override
        public String getDisplayName() {
            return Messages.PublishRouteStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
