package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.desk.IntentDesk;
import io.jenkins.plugins.shera.nginx.desk.NodeBoard;
import io.jenkins.plugins.shera.nginx.desk.NodeTold;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedStream;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wanted of a cluster of KubeNg nodes and what they told, as programs and the page get it. */
final class KubengJson {
    private final NginxCluster cluster;
    private final String tenant;

    /** Null for the tenant tells everything. */
    KubengJson(NginxCluster cluster, String tenant) {
        this.cluster = cluster;
        this.tenant = tenant;
    }

    void into(ObjectNode body, boolean administrator) throws IOException {
        IntentDesk desk = KubengDesks.get().desk(cluster);
        NodeBoard board = KubengDesks.get().board(cluster);
        Intent routes = desk.intent(Intent.Kind.ROUTES);
        Intent weights = desk.intent(Intent.Kind.WEIGHTS);
        body.put("wantedGeneration", routes.generation());
        body.put("wantedWeights", weights.generation());
        Intent streams = desk.intent(Intent.Kind.STREAMS);
        body.put("wantedStreams", streams.generation());
        body.put("canIssue", administrator);
        ArrayNode daemons = body.putArray("daemons");
        for (String name : cluster.daemonNames()) {
            ObjectNode json = daemons.addObject().put("name", name);
            long made = KubengKeys.get().madeAt(cluster.getId(), name);
            json.put("token", made == 0 ? "" : Instant.ofEpochMilli(made).toString());
            NodeBoard.Line line = board.line(name).orElse(null);
            json.put("heardAt", line == null ? "" : line.at().toString());
            if (line != null) {
                told(json, line.told());
            }
        }
        cluster.watched().ifPresent(watched -> objects(body, watched, board));
        ArrayNode all = body.putArray("routes");
        routes.routes().stream()
                .filter(route -> isVisible(route.owner()))
                .forEach(route -> route(all.addObject(), route, weights.weights()));
        ArrayNode ports = body.putArray("streams");
        streams.streams().stream()
                .filter(stream -> isVisible(stream.owner()))
                .forEach(stream -> stream(ports.addObject(), stream));
    }

    private void told(ObjectNode json, NodeTold told) {
        json.put("version", told.version());
        half(json.putObject("routes"), told.routes());
        half(json.putObject("weights"), told.weights());
        half(json.putObject("streams"), told.streams());
        if (told.following() != null) {
            ObjectNode following = json.putObject("following");
            // The reason names files of the node.
            boolean reloads = !told.following().reason().isEmpty();
            following.put("live", told.following().live());
            following.put("reloads", reloads);
            following.put("reason", tenant == null ? told.following().reason() : "");
            ArrayNode reloading = following.putArray("reloading");
            told.following().reloading().stream().filter(this::isVisible).forEach(reloading::add);
        }
        ArrayNode leases = json.putArray("leases");
        told.leases().stream().filter(lease -> isVisible(lease.owner())).forEach(lease -> leases.addObject()
                .put("owner", lease.owner())
                .put("seconds", lease.seconds())
                .put("over", lease.over()));
    }

    /** The setting, and for each object what every node says of it. */
    private void objects(ObjectNode body, WatchedObjects watched, NodeBoard board) {
        ObjectNode setting = body.putObject("watched");
        setting.put("classes", String.join(" ", watched.classes()));
        setting.put("gateways", String.join(" ", watched.gateways()));
        setting.put("pods", watched.pods());
        ArrayNode namespaces = setting.putArray("namespaces");
        watched.namespaces().stream()
                .filter(one -> tenant == null || one.tenant().equals(tenant))
                .forEach(one -> namespaces.add(one.cluster() + "/" + one.name()));
        ArrayNode unwatched = setting.putArray("unwatched");
        Map<String, ObjectNode> all = new TreeMap<>();
        for (String name : cluster.daemonNames()) {
            NodeTold told = board.line(name).map(NodeBoard.Line::told).orElse(null);
            if (told != null) {
                told.unwatched().stream()
                        .filter(this::isVisible)
                        .forEach(line -> unwatched.add(name + ": " + line.substring(line.indexOf(": ") + 2)));
                told.objects().stream()
                        .filter(one -> tenant == null || one.tenant().equals(tenant))
                        .forEach(one -> object(all, name, one));
            }
        }
        setting.putArray("objects").addAll(all.values());
    }

    private static void object(Map<String, ObjectNode> all, String node, NodeTold.KubeObject one) {
        String key = String.join("/", one.cluster(), one.namespace(), one.kind(), one.name());
        ObjectNode json = all.computeIfAbsent(key, unused -> {
            ObjectNode made = JsonNodeFactory.instance.objectNode();
            made.put("name", key).put("kind", one.kind()).put("object", one.namespace() + "/" + one.name());
            made.put("cluster", one.cluster()).put("tenant", one.tenant());
            made.putArray("nodes");
            return made;
        });
        ObjectNode said = ((ArrayNode) json.get("nodes")).addObject().put("node", node);
        one.hosts().forEach(said.putArray("hosts")::add);
        one.refused().forEach(said.putArray("refused")::add);
    }

    private void half(ObjectNode json, NodeTold.Half half) {
        json.put("generation", half.generation());
        json.put("sha", half.sha());
        json.put("endpoints", half.endpoints());
        json.put("reloads", half.reloads());
        json.put("lastReload", half.lastReload());
        String error = half.error().isEmpty() ? half.problem() : half.error();
        // What nginx says may name what belongs to other tenants.
        json.put("error", error.isEmpty() || tenant == null ? error : Messages.kubeng_failing());
        ArrayNode leftOut = json.putArray("leftOut");
        half.leftOut().stream().filter(this::isVisible).forEach(leftOut::add);
    }

    private boolean isVisible(String beginsWithOwner) {
        return tenant == null || beginsWithOwner.startsWith(tenant + ".");
    }

    private boolean isVisible(RouteOwner owner) {
        return tenant == null || owner.tenant().equals(tenant);
    }

    private static void route(ObjectNode json, IntendedRoute route, List<IntendedWeight> weights) {
        json.put("host", route.host());
        json.put("port", route.port());
        json.put("path", route.path());
        json.put("tenant", route.owner().tenant());
        json.put("application", route.owner().application());
        json.put("environment", route.owner().environment());
        ClusterJson.tls(json, route.tls());
        ClusterJson.rules(json, route.rules());
        targets(json.putArray("members"), route.targets());
        IntendedWeight weight = weights.stream()
                .filter(one -> one.owner().equals(route.owner()))
                .findFirst()
                .orElse(null);
        json.put("percent", weight == null ? 0 : weight.percent());
        json.put("rules", weight == null ? 0 : weight.rules().size());
        targets(json.putArray("canary"), weight == null ? List.of() : weight.canary());
    }

    private static void stream(ObjectNode json, IntendedStream stream) {
        json.put("name", stream.name());
        json.put("port", stream.port());
        json.put("protocol", stream.udp() ? "udp" : "tcp");
        json.put("tenant", stream.owner().tenant());
        json.put("application", stream.owner().application());
        json.put("environment", stream.owner().environment());
        json.put("allow", String.join(" ", stream.allow()));
        json.put("deny", String.join(" ", stream.deny()));
        targets(json.putArray("members"), stream.targets());
    }

    private static void targets(ArrayNode json, List<Target> targets) {
        targets.forEach(
                target -> json.addObject().put("address", target.toString()).put("weight", target.weight()));
    }
}
