package io.jenkins.plugins.shera.nginx.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Makes an application reachable through nginx:
 * {@code publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com')}.
 */
public class PublishRouteStep extends PublishStep {
    private static final long serialVersionUID = 1L;

    private final String host;
    private String path = "/";
    private int port;
    private String address;
    private RouteTlsSettings tls;
    private RouteRulesSettings rules;

    /** What a route cannot do without. */
    @DataBoundConstructor
    public PublishRouteStep(String application, String environment, String host) {
        super(application, environment);
        this.host = host;
    }

    public String getHost() {
        return host;
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

    /** By which address nginx reaches the Service: clusterIP, podIP or nodePort; null for the first. */
    public String getAddress() {
        return address;
    }

    @DataBoundSetter
    public void setAddress(String address) {
        this.address = Util.fixEmptyAndTrim(address);
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
