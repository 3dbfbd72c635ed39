package io.jenkins.plugins.shera.nginx.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Makes an application reachable at a TCP or UDP port of nginx:
 * {@code publishStream(application: 'shop', environment: 'dev', port: 5432, service: 'database')}.
 */
public class PublishStreamStep extends PublishStep {
    private static final long serialVersionUID = 1L;

    private final int port;
    private String protocol = "tcp";
    private String address;
    private int connectTimeout;
    private int idleTimeout;
    private String allow = "";
    private String deny = "";
    private boolean remove;

    /** What a stream cannot do without. */
    @DataBoundConstructor
    public PublishStreamStep(String application, String environment, int port) {
        super(application, environment);
        this.port = port;
    }

    /** Where nginx listens. */
    public int getPort() {
        return port;
    }

    /** {@code tcp} or {@code udp}. */
    public String getProtocol() {
        return protocol;
    }

    @DataBoundSetter
    public void setProtocol(String protocol) {
        this.protocol = Util.fixNull(protocol).trim();
    }

    /** By which address nginx reaches the Service: clusterIP, podIP or nodePort; null for the first. */
    public String getAddress() {
        return address;
    }

    @DataBoundSetter
    public void setAddress(String address) {
        this.address = Util.fixEmptyAndTrim(address);
    }

    /** Seconds until a member takes a connection; 0 for nginx's own. */
    public int getConnectTimeout() {
        return connectTimeout;
    }

    @DataBoundSetter
    public void setConnectTimeout(int connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** Seconds without traffic after which a session ends; 0 for nginx's own. */
    public int getIdleTimeout() {
        return idleTimeout;
    }

    @DataBoundSetter
    public void setIdleTimeout(int idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    /** Addresses and networks that may come, and then nobody else. */
    public String getAllow() {
        return allow;
    }

    @DataBoundSetter
    public void setAllow(String allow) {
        this.allow = Util.fixNull(allow);
    }

    /** Addresses and networks that may not come. */
    public String getDeny() {
        return deny;
    }

    @DataBoundSetter
    public void setDeny(String deny) {
        this.deny = Util.fixNull(deny);
    }

    /** Whether the port is given up. */
    public boolean isRemove() {
        return remove;
    }

    @DataBoundSetter
    public void setRemove(boolean remove) {
        this.remove = remove;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    private StreamDesk.Wish wish() throws InvalidRouteException {
        return new StreamDesk.Wish(
                port,
                isUdp(protocol),
                Util.fixNull(getService()),
                getServicePort(),
                Util.fixNull(address),
                getMembers(),
                connectTimeout,
                idleTimeout,
                allow,
                deny);
    }

    /** Whether that is what the protocol says; refuses any other word than both. */
    public static boolean isUdp(String protocol) throws InvalidRouteException {
        if (!protocol.equals("tcp") && !protocol.equals("udp")) {
            throw new InvalidRouteException(Messages.PublishStreamStep_protocol(protocol));
        }
        return protocol.equals("udp");
    }

    /** Seconds long and safe to repeat: publishing the same stream again changes nothing. */
    private static final class Execution extends SynchronousNonBlockingStepExecution<Void> {
        private static final long serialVersionUID = 1L;

        private final PublishStreamStep step;

        Execution(PublishStreamStep step, StepContext context) {
            super(context);
            this.step = step;
        }

        @Override
        protected Void run() throws Exception {
            Run<?, ?> build = getContext().get(Run.class);
            TaskListener listener = getContext().get(TaskListener.class);
            try {
                TenantContext context = TenantContext.forRun(build, step.getTenant(), SheraPermissions.ROUTE);
                act(context, build, listener);
                return null;
            } catch (Refusal | InvalidRouteException | IOException e) {
                throw new AbortException(e.getMessage());
            }
        }

        private void act(TenantContext context, Run<?, ?> build, TaskListener listener)
                throws IOException, InterruptedException, InvalidRouteException {
            Application application = context.application(step.getApplication());
            Environment environment = context.environment(application, step.getEnvironment());
            String tenant = context.tenant().getId();
            NginxCluster cluster = NodeAccess.anyCluster(step.getNginx(), tenant);
            StreamDesk desk =
                    new StreamDesk(cluster, RouteOwner.of(tenant, application.getName(), environment.getName()));
            StreamDesk.Wish wish = step.wish();
            if (step.isRemove()) {
                desk.remove(wish.name());
            } else {
                desk.publish(wish, environment, () -> context.access(context.cluster(environment.getCluster())));
            }
            String said = step.isRemove()
                    ? Messages.StreamDesk_removed(wish.name(), cluster.getId())
                    : Messages.StreamDesk_published(wish.name(), cluster.getId());
            desk.warnings().forEach(listener.getLogger()::println);
            listener.getLogger().println(said);
            desk.tell(application, said, context.starter(), build);
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "publishStream";
        }

        @Override
        public String getDisplayName() {
            return Messages.PublishStreamStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
