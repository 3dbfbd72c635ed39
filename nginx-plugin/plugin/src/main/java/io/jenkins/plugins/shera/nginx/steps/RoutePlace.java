package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.upstream.AddressMode;
import io.jenkins.plugins.shera.nginx.upstream.NamedMembers;
import io.jenkins.plugins.shera.nginx.upstream.ServiceMembers;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jvnet.localizer.Localizable;

/**
 * Whose traffic is led where, and for whom: what a change of a route is about, whoever asks for it. Whoever makes one checked who may.
 *
 * @param access to the Kubernetes cluster of the environment, as the tenant
 * @param who for the timeline
 * @param run the build that asks; null for a person or a program
 * @param log of what happens, for people
 */
public record RoutePlace(
        NginxCluster nginx,
        Tenant tenant,
        Application application,
        Environment environment,
        Supplier<ClusterAccess> access,
        String who,
        Run<?, ?> run,
        Consumer<String> log) {

    /** Of a step of a build. */
    static RoutePlace of(
            TenantContext context,
            String nginx,
            String application,
            String environment,
            Run<?, ?> run,
            Consumer<String> log)
            throws InvalidRouteException {
        Application found = context.application(application);
        Environment in = context.environment(found, environment);
        return new RoutePlace(
                NodeAccess.anyCluster(nginx, context.tenant().getId()),
                context.tenant(),
                found,
                in,
                () -> context.access(context.cluster(in.getCluster())),
                context.starter(),
                run,
                log);
    }

    /** Of the caller, by the login of the tenant; refuses what the tenant does not have. */
    public static RoutePlace of(NginxCluster nginx, Tenant tenant, String application, String environment, String who) {
        Application found = SheraConfiguration.get().application(tenant.getId(), application);
        Optional<Environment> in = found == null ? Optional.empty() : found.environment(environment);
        Environment known = in.filter(one -> tenant.owns(one.getCluster(), one.getNamespace()))
                .orElseThrow(() -> Refusal.unknown(
                        "application", Messages.RoutePlace_none(tenant.getId()), Messages.RoutePlace_none_next()));
        return new RoutePlace(
                nginx,
                tenant,
                found,
                known,
                () -> ClusterLogin.ofTenant(SheraConfiguration.get().cluster(known.getCluster()), tenant),
                who,
                null,
                said -> {});
    }

    RouteOwner owner() throws InvalidRouteException {
        return RouteOwner.of(tenant.getId(), application.getName(), environment.getName());
    }

    AuditLine audit(String what) {
        AuditLine line = AuditLine.of(what, tenant.getId() + "/" + application.getName() + "/" + environment.getName())
                .tenant(tenant.getId());
        return run == null ? line : line.from(run);
    }

    /** Addresses that were named or, where none were, those of the service. */
    List<Member> members(List<String> named, String service, int port) throws InvalidRouteException, KubeException {
        if (!named.isEmpty()) {
            return NamedMembers.of(named);
        }
        try (ClusterClient client = ClusterClient.open(access.get(), TimeLimits.STANDARD)) {
            return ServiceMembers.of(client.api(), environment.getNamespace(), service, port);
        }
    }

    /** Every Service of the environment's namespace. */
    List<JsonNode> services() throws KubeException {
        try (ClusterClient client = ClusterClient.open(access.get(), TimeLimits.STANDARD)) {
            return client.api().list(ResourceKind.SERVICE, environment.getNamespace(), "", "");
        }
    }

    /** The Service as nodes find it that follow it in this way. */
    List<Target> targets(AddressMode mode, String service, int port) throws InvalidRouteException, KubeException {
        try (ClusterClient client = ClusterClient.open(access.get(), TimeLimits.STANDARD)) {
            int chosen = ServiceMembers.port(client.api(), environment.getNamespace(), service, port, mode);
            return List.of(mode.target(environment.getCluster(), environment.getNamespace(), service, chosen));
        }
    }

    /** The same members as nodes find them that look themselves: they ask for the cluster IP, and again when it changes. */
    List<Target> targets(boolean named, String service, List<Member> members) {
        return members.stream()
                .map(member -> named
                        ? Target.of(member)
                        : Target.service(environment.getCluster(), environment.getNamespace(), service, member.port()))
                .toList();
    }

    /** Tells it on the timeline of the application. */
    void tell(Localizable what) throws IOException {
        TimelineEntry entry = TimelineEntry.now(TimelineEntry.Kind.PUSH, what, "", who, environment.getName());
        Timelines.get()
                .append(application, run == null ? entry : entry.linked(run.getFullDisplayName(), "/" + run.getUrl()));
    }
}
