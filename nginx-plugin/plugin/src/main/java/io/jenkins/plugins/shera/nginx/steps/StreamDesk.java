package io.jenkins.plugins.shera.nginx.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.intent.IntendedStream;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.rules.RuleTexts;
import io.jenkins.plugins.shera.nginx.upstream.AddressMode;
import io.jenkins.plugins.shera.nginx.upstream.NamedMembers;
import io.jenkins.plugins.shera.nginx.upstream.ServiceMembers;
import io.jenkins.plugins.shera.nginx.work.ReachOnNode;
import io.jenkins.plugins.shera.nginx.work.StreamOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts TCP and UDP ports of nginx clusters in force, on every node or on none. The caller checked who may. */
public final class StreamDesk {
    private final NginxCluster cluster;
    private final RouteOwner owner;
    private final List<String> warnings = new ArrayList<>();

    /**
     * What somebody wants of a port.
     *
     * @param udp false for TCP
     * @param service of Kubernetes; empty for the one named as the application
     * @param servicePort 0 for its first
     * @param address by which the service is reached: clusterIP, podIP or nodePort; empty for the first
     * @param members addresses in its place, as {@code 10.0.0.5:5432}; may be empty
     * @param allow addresses and networks that may come, apart by blanks
     * @param deny those that may not
     */
    public record Wish(
            int port,
            boolean udp,
            String service,
            int servicePort,
            String address,
            List<String> members,
            int connectTimeout,
            int idleTimeout,
            String allow,
            String deny) {
        String name() {
            return (udp ? "udp:" : "tcp:") + port;
        }
    }

    /** Of this cluster, which the owner's tenant may use. */
    public StreamDesk(NginxCluster cluster, RouteOwner owner) {
        this.cluster = cluster;
        this.owner = owner;
    }

    /** Where the owner's service is asked for, when no members are named. */
    public interface Access {
        /** To the Kubernetes cluster of the environment, as the tenant. */
        ClusterAccess get();
    }

    /**
     * Puts the stream on every node; nothing changes when one refuses.
     *
     * @return its name, such as {@code tcp:5432}
     * @throws InvalidRouteException if it cannot stand
     * @throws IOException saying which node does not serve it, and why
     */
    public String publish(Wish wish, Environment environment, Access access)
            throws IOException, InterruptedException, InvalidRouteException {
        AddressMode mode = AddressMode.of(wish.address());
        if (cluster.isKubeng()) {
            IntendedStream wanted = new IntendedStream(
                    owner,
                    wish.port(),
                    wish.udp(),
                    targets(wish, mode, environment, access),
                    wish.connectTimeout(),
                    wish.idleTimeout(),
                    RuleTexts.words(wish.allow()),
                    RuleTexts.words(wish.deny()));
            wanted.to(KubengNodes.ANYWHERE);
            audited("stream.publish", wanted.name(), () -> new KubengStreams(cluster).publish(wanted));
            if (!wish.udp()) {
                warnings.addAll(ReachWarning.told(cluster, owner));
            }
            return wanted.name();
        }
        if (mode != AddressMode.CLUSTER_IP && wish.members().isEmpty()) {
            throw new InvalidRouteException(
                    io.jenkins.plugins.shera.nginx.upstream.Messages.AddressMode_pushed(mode.word(), cluster.getId()));
        }
        Stream stream = new Stream(
                        owner,
                        wish.port(),
                        wish.udp(),
                        members(wish, environment, access),
                        wish.connectTimeout(),
                        wish.idleTimeout(),
                        RuleTexts.words(wish.allow()),
                        RuleTexts.words(wish.deny()))
                .check();
        audited("stream.publish", stream.name(), () -> onEveryNode(stream.name(), stream));
        return stream.name();
    }

    /** Which members nodes did not reach when something was published, for people. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** As nodes find them that look themselves. */
    private List<Target> targets(Wish wish, AddressMode mode, Environment environment, Access access)
            throws IOException, InvalidRouteException {
        if (!wish.members().isEmpty()) {
            return NamedMembers.targets(wish.members());
        }
        String service = wish.service().isEmpty() ? owner.application() : wish.service();
        try (ClusterClient client = ClusterClient.open(access.get(), TimeLimits.STANDARD)) {
            int port = ServiceMembers.port(client.api(), environment.getNamespace(), service, wish.servicePort(), mode);
            return List.of(mode.target(environment.getCluster(), environment.getNamespace(), service, port));
        } catch (KubeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private List<Member> members(Wish wish, Environment environment, Access access)
            throws IOException, InvalidRouteException {
        if (!wish.members().isEmpty()) {
            return NamedMembers.of(wish.members());
        }
        String service = wish.service().isEmpty() ? owner.application() : wish.service();
        try (ClusterClient client = ClusterClient.open(access.get(), TimeLimits.STANDARD)) {
            return ServiceMembers.of(client.api(), environment.getNamespace(), service, wish.servicePort());
        } catch (KubeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Takes the owner's stream of this name, as {@code tcp:5432}, from every node. */
    public void remove(String name) throws IOException, InterruptedException, InvalidRouteException {
        audited("stream.delete", name, () -> {
            if (cluster.isKubeng()) {
                new KubengStreams(cluster).remove(owner, name);
            } else {
                onEveryNode(name, null);
            }
        });
    }

    /** Tells it on the application's timeline, as of that build or as of the caller. */
    public void tell(Application application, String what, String who, Run<?, ?> build) throws IOException {
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.PUSH, Messages._StreamDesk_timeline(what), "", who, owner.environment());
        Timelines.get()
                .append(
                        application,
                        build == null ? entry : entry.linked(build.getFullDisplayName(), "/" + build.getUrl()));
    }

    private interface Work {
        void run() throws IOException, InterruptedException, InvalidRouteException;
    }

    private void audited(String what, String name, Work work)
            throws IOException, InterruptedException, InvalidRouteException {
        AuditLine line =
                AuditLine.of(what, owner.id().replace('.', '/') + " " + name).tenant(owner.tenant());
        try {
            work.run();
        } catch (IOException | InvalidRouteException e) {
            line.failed(e.getMessage());
            throw e;
        }
        line.done();
    }

    private void onEveryNode(String name, Stream wanted) throws IOException, InterruptedException {
        Map<NginxNodeSettings, Stream> before = new LinkedHashMap<>();
        for (NginxNodeSettings node : cluster.getNodes()) {
            if (wanted != null) {
                warnings.addAll(ReachWarning.before(node, new ReachOnNode(null, wanted)));
            }
            try {
                before.put(node, NodeAccess.channel(node).call(new StreamOnNode(owner, name, wanted)));
            } catch (IOException e) {
                throw new IOException(
                        Messages.StreamDesk_node(name, NodeAccess.name(node), cluster.getId(), e.getMessage())
                                + restored(before, name),
                        e);
            }
        }
    }

    /** What to add to a refusal: which of the nodes before it could not be given back what they had. */
    private String restored(Map<NginxNodeSettings, Stream> before, String name) throws InterruptedException {
        StringBuilder lost = new StringBuilder();
        for (Map.Entry<NginxNodeSettings, Stream> one : before.entrySet()) {
            try {
                NodeAccess.channel(one.getKey()).call(new StreamOnNode(owner, name, one.getValue()));
            } catch (IOException e) {
                lost.append(' ')
                        .append(Messages.PublishRouteExecution_notRestored(
                                NodeAccess.name(one.getKey()), cluster.getId(), e.getMessage()));
            }
        }
        return lost.toString();
    }
}
