package io.jenkins.plugins.shera.nginx.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.upstream.NamedMembers;
import io.jenkins.plugins.shera.nginx.upstream.ServiceMembers;
import io.jenkins.plugins.shera.nginx.work.PublishOnNode;
import io.jenkins.plugins.shera.nginx.work.PublishedOnNode;
import io.jenkins.plugins.shera.nginx.work.Publishing;
import io.jenkins.plugins.shera.nginx.work.RestoreOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Seconds long and safe to repeat: publishing the same route again changes nothing. */
final class PublishRouteExecution extends SynchronousNonBlockingStepExecution<PublishedRoute> {
    private static final long serialVersionUID = 1L;

    private final PublishRouteStep step;

    PublishRouteExecution(PublishRouteStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected PublishedRoute run() throws Exception {
        Run<?, ?> build = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        try {
            TenantContext context = TenantContext.forRun(build, step.getTenant(), SheraPermissions.ROUTE);
            return publish(context, build, listener);
        } catch (Refusal | InvalidRouteException | KubeException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private PublishedRoute publish(TenantContext context, Run<?, ?> build, TaskListener listener)
            throws IOException, InterruptedException, InvalidRouteException, KubeException {
        Application application = context.application(step.getApplication());
        Environment environment = context.environment(application, step.getEnvironment());
        NginxCluster nginx =
                NodeAccess.anyCluster(step.getNginx(), context.tenant().getId());
        int port = step.getPort() == 0 ? nginx.getPort() : step.getPort();
        RouteOwner owner = RouteOwner.of(context.tenant().getId(), application.getName(), environment.getName());
        List<Member> members = members(context, environment);
        ShownPair shown = ShownPair.of(step.getTls(), nginx, context.tenant().getId(), step.getHost(), listener);
        WantedRules wanted = WantedRules.of(step.getRules(), nginx, context.tenant(), owner, step.getHost());
        Route route = Route.of(owner, step.getHost(), port, step.getPath(), members)
                .over(shown.tls())
                .ruled(wanted.rules());
        RouteRuling.requireCovered(nginx, route);
        listener.getLogger()
                .println(Messages.PublishRouteExecution_members(
                        route.members().stream().map(Member::authority).toList(), route.host() + route.path()));
        AuditLine line = AuditLine.of(
                        "route.publish", owner.tenant() + "/" + owner.application() + "/" + owner.environment())
                .tenant(owner.tenant())
                .from(build);
        long generation = nginx.isKubeng()
                ? byKubeng(nginx, route, targets(environment, members), line)
                : onEveryNode(nginx, new Publishing(route, shown.brought(), wanted.brought()), listener, line);
        int nodes =
                nginx.isKubeng() ? nginx.daemonNames().size() : nginx.getNodes().size();
        line.done();
        PublishedRoute published = new PublishedRoute(route, nginx.getId(), nodes, generation);
        Timelines.get()
                .append(
                        application,
                        TimelineEntry.now(
                                        TimelineEntry.Kind.PUSH,
                                        Messages._PublishRouteExecution_timeline(published.getUrl()),
                                        "",
                                        context.starter(),
                                        environment.getName())
                                .linked(build.getFullDisplayName(), "/" + build.getUrl()));
        listener.getLogger().println(Messages.PublishRouteExecution_done(published.getUrl(), nginx.getId(), nodes));
        return published;
    }

    private static long byKubeng(NginxCluster nginx, Route route, List<Target> targets, AuditLine line)
            throws IOException, InterruptedException, InvalidRouteException {
        try {
            return new KubengNodes(nginx)
                    .publish(new IntendedRoute(
                            route.owner(),
                            route.host(),
                            route.port(),
                            route.path(),
                            targets,
                            route.tls(),
                            route.rules(),
                            route.match()));
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw new AbortException(Messages.KubengNodes_notPublished(route.host() + route.path(), e.getMessage()));
        }
    }

    /** The same members as the nodes find them: they ask for the cluster IP themselves, and again when it changes. */
    private List<Target> targets(Environment environment, List<Member> members) {
        if (!step.getMembers().isEmpty()) {
            return members.stream().map(Target::of).toList();
        }
        String service = step.getService() == null ? step.getApplication() : step.getService();
        return members.stream()
                .map(member ->
                        Target.service(environment.getCluster(), environment.getNamespace(), service, member.port()))
                .toList();
    }

    private long onEveryNode(NginxCluster nginx, Publishing publishing, TaskListener listener, AuditLine line)
            throws IOException, InterruptedException {
        Route route = publishing.route();
        long generation = 0;
        Map<NginxNodeSettings, PublishedOnNode> changed = new LinkedHashMap<>();
        for (NginxNodeSettings node : nginx.getNodes()) {
            String name = NodeAccess.name(node);
            try {
                changed.put(node, NodeAccess.channel(node).call(new PublishOnNode(publishing)));
                generation = changed.get(node).generation();
            } catch (IOException e) {
                line.failed(name + ": " + e.getMessage());
                restore(nginx, changed, route, listener);
                throw new AbortException(Messages.PublishRouteExecution_node(
                        route.host() + route.path(), name, nginx.getId(), e.getMessage()));
            }
            listener.getLogger().println(Messages.PublishRouteExecution_serves(name, generation));
        }
        return generation;
    }

    /** All nodes serve the same: when one refuses, those before it get back what they had. */
    private static void restore(
            NginxCluster nginx, Map<NginxNodeSettings, PublishedOnNode> changed, Route route, TaskListener listener)
            throws InterruptedException {
        for (Map.Entry<NginxNodeSettings, PublishedOnNode> one : changed.entrySet()) {
            String name = NodeAccess.name(one.getKey());
            try {
                NodeAccess.channel(one.getKey()).call(new RestoreOnNode(route.owner(), one.getValue()));
                listener.getLogger().println(Messages.PublishRouteExecution_restored(name, nginx.getId()));
            } catch (IOException e) {
                listener.error(Messages.PublishRouteExecution_notRestored(name, nginx.getId(), e.getMessage()));
            }
        }
    }

    private List<Member> members(TenantContext context, Environment environment)
            throws InvalidRouteException, KubeException {
        if (!step.getMembers().isEmpty()) {
            return NamedMembers.of(step.getMembers());
        }
        String service = step.getService() == null ? step.getApplication() : step.getService();
        try (ClusterClient client =
                ClusterClient.open(context.access(context.cluster(environment.getCluster())), TimeLimits.STANDARD)) {
            return ServiceMembers.of(client.api(), environment.getNamespace(), service, step.getServicePort());
        }
    }
}
