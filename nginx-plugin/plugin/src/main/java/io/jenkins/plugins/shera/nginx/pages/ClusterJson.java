package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.edits.ThreeWay;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NodeReading;
import io.jenkins.plugins.shera.nginx.steps.RouteRulesSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was read of a cluster, as programs and the page get it. */
final class ClusterJson {
    private static final String ROUTES = "routes.conf";

    private final Optional<SortedMap<String, String>> site;

    /** With the files of people that every node is to have; empty where that is not known, or not to be seen. */
    ClusterJson(Optional<SortedMap<String, String>> site) {
        this.site = site;
    }

    ObjectNode of(String cluster, boolean whole, boolean canOverwrite, List<ClusterReading.OfNode> nodes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("cluster", cluster);
        body.put("whole", whole);
        body.put("canOverwrite", canOverwrite);
        ArrayNode all = body.putArray("nodes");
        nodes.forEach(node -> node(all.addObject(), node));
        return body;
    }

    private void node(ObjectNode json, ClusterReading.OfNode node) {
        json.put("name", node.name());
        json.put("error", node.error());
        json.put("ssh", node.ssh());
        NodeReading reading = node.reading();
        if (reading == null) {
            return;
        }
        json.put("generation", reading.drift().generation());
        json.put("weightGeneration", reading.weightGeneration());
        json.put("version", reading.running().version());
        json.put("reloadedAt", time(reading.running().reloadedAt()));
        json.put("changedAt", time(reading.changedAt()));
        json.put("served", reading.drift().served());
        json.put("drifted", !reading.drift().isNone());
        json.put("hidden", reading.drift().hidden());
        reading.drift().changes().forEach(json.putArray("changes")::add);
        ArrayNode routes = json.putArray("routes");
        reading.routes().forEach(route -> route(routes.addObject(), route, reading.weights()));
        StreamDoor.into(json.putArray("streams"), reading.streams());
        reading.protections().forEach(json.putArray("protections")::add);
        files(json.putObject("found"), reading.found());
        files(json.putObject("intended"), intended(reading));
        files(json.putObject("generated"), reading.generated());
        files(json.putObject("waiting"), reading.waiting());
        json.put("waitingAt", time(reading.waitingAt()));
        edits(json, reading);
        ArrayNode earlier = json.putArray("earlier");
        reading.earlier().forEach(one -> {
            ObjectNode then = earlier.addObject();
            then.put("generation", one.generation());
            then.put("at", time(one.at()));
            files(then.putObject("files"), one.files());
        });
    }

    private SortedMap<String, String> intended(NodeReading reading) {
        SortedMap<String, String> intended = new TreeMap<>(reading.intended());
        site.ifPresent(files -> {
            intended.keySet().removeIf(name -> name.startsWith("site/"));
            files.forEach((name, text) -> intended.put("site/" + name, text));
        });
        return intended;
    }

    /** The routes' own file as generated, as last pushed and as it lies there, where they are not all the same. */
    private static void edits(ObjectNode json, NodeReading reading) {
        String pushed = reading.intended().getOrDefault(ROUTES, "");
        String generated = reading.generated().getOrDefault(ROUTES, "");
        json.put("adopted", !generated.equals(pushed));
        ArrayNode chunks = json.putArray("threeWays");
        ThreeWay all = ThreeWay.of(pushed, generated, reading.found().getOrDefault(ROUTES, ""));
        if (all.chunks().size() > 1 || all.chunks().stream().anyMatch(chunk -> chunk.who() != ThreeWay.Who.NOBODY)) {
            all.chunks().forEach(chunk -> chunk(chunks.addObject(), chunk));
        }
    }

    private static void chunk(ObjectNode json, ThreeWay.Chunk chunk) {
        json.put("who", chunk.who().name());
        chunk.base().forEach(json.putArray("pushed")::add);
        if (chunk.who() != ThreeWay.Who.NOBODY) {
            chunk.made().forEach(json.putArray("generated")::add);
            chunk.hand().forEach(json.putArray("node")::add);
        }
    }

    private static void route(ObjectNode json, Route route, List<Weight> weights) {
        json.put("host", route.host());
        json.put("port", route.port());
        json.put("path", route.path());
        json.put("tenant", route.owner().tenant());
        json.put("application", route.owner().application());
        json.put("environment", route.owner().environment());
        tls(json, route.tls());
        rules(json, route.rules());
        members(json.putArray("members"), route.members());
        Weight weight = weights.stream()
                .filter(one -> one.owner().equals(route.owner()))
                .findFirst()
                .orElse(null);
        json.put("percent", weight == null ? 0 : weight.percent());
        json.put("rules", weight == null ? 0 : weight.rules().size());
        members(json.putArray("canary"), weight == null ? List.of() : weight.canary());
    }

    /** Nothing where it is served without. */
    static void tls(ObjectNode json, RouteTls tls) {
        if (tls != null) {
            json.putObject("tls")
                    .put("certificate", tls.certificate())
                    .put("port", tls.port())
                    .put("redirect", tls.redirect())
                    .put("hsts", tls.hstsSeconds())
                    .put("http2", tls.http2() != RouteTls.Http2.OFF);
        }
    }

    /** Nothing where there are none. */
    static void rules(ObjectNode json, RouteRules rules) {
        if (rules != null) {
            RouteRulesSettings.into(json.putObject("routeRules"), rules);
        }
    }

    static void members(ArrayNode json, List<Member> members) {
        members.forEach(
                member -> json.addObject().put("address", member.authority()).put("weight", member.weight()));
    }

    private static void files(ObjectNode json, Map<String, String> files) {
        files.forEach(json::put);
    }

    private static String time(long millis) {
        return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
    }
}
