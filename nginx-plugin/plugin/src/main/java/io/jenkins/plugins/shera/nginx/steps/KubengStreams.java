package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.desk.IntentDesk;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedStream;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The TCP and UDP ports of an nginx cluster whose nodes run KubeNg: what is wanted is signed, and the nodes say when it is served. */
final class KubengStreams {
    private final NginxCluster cluster;
    private final IntentDesk desk;

    KubengStreams(NginxCluster cluster) throws IOException {
        this.cluster = cluster;
        this.desk = KubengDesks.get().desk(cluster);
    }

    /**
     * Puts the stream in place of what its owner had at that port, and waits until every node serves it; otherwise it is as it was.
     *
     * @throws InvalidRouteException if it cannot stand
     * @throws IOException saying which node does not serve it, and why
     */
    void publish(IntendedStream stream) throws IOException, InterruptedException, InvalidRouteException {
        for (Target target : stream.targets()) {
            target.check();
        }
        change(stream.owner(), stream.name(), stream);
    }

    /** Takes the owner's stream away in the same way; nothing happens when there is none. */
    void remove(RouteOwner owner, String name) throws IOException, InterruptedException, InvalidRouteException {
        change(owner, name, null);
    }

    private void change(RouteOwner owner, String name, IntendedStream wanted)
            throws IOException, InterruptedException, InvalidRouteException {
        KubengNodes nodes = new KubengNodes(cluster);
        nodes.requireAll(Intent.Kind.STREAMS);
        IntendedStream[] before = new IntendedStream[1];
        Intent after = desk.change(Intent.Kind.STREAMS, (intent, generation) -> {
            before[0] = named(intent, name);
            if (Objects.equals(before[0], wanted)) {
                return intent;
            }
            StreamSet all = set(intent);
            StreamSet changed = wanted == null ? all.without(name, owner) : all.with(wanted.to(KubengNodes.ANYWHERE));
            if (wanted != null) {
                changed.requireBeside(routes());
            }
            return with(intent, generation, name, wanted);
        });
        try {
            nodes.settle(Intent.Kind.STREAMS, after.generation(), owner);
        } catch (IOException | InterruptedException e) {
            desk.change(
                    Intent.Kind.STREAMS,
                    (intent, generation) ->
                            Objects.equals(named(intent, name), wanted) && !Objects.equals(before[0], wanted)
                                    ? with(intent, generation, name, before[0])
                                    : intent);
            throw e;
        }
    }

    private Intent with(Intent intent, long generation, String name, IntendedStream wanted) {
        List<IntendedStream> streams = new ArrayList<>(intent.streams());
        streams.removeIf(one -> one.name().equals(name));
        if (wanted != null) {
            streams.add(wanted);
        }
        return Intent.ofStreams(cluster.getId(), generation, streams);
    }

    private static IntendedStream named(Intent intent, String name) {
        return intent.streams().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private RouteSet routes() throws IOException, InvalidRouteException {
        List<Route> routes = new ArrayList<>();
        for (IntendedRoute one : desk.intent(Intent.Kind.ROUTES).routes()) {
            routes.add(one.to(KubengNodes.ANYWHERE));
        }
        return RouteSet.of(routes);
    }

    /** The streams of a document; where they lead to is not told. */
    static StreamSet set(Intent intent) throws InvalidRouteException {
        List<Stream> streams = new ArrayList<>();
        for (IntendedStream one : intent.streams()) {
            streams.add(one.to(KubengNodes.ANYWHERE));
        }
        return StreamSet.of(streams);
    }
}
