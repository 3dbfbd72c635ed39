package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.OverviewPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of an application on its overview: where it is reached, and whether every node has them. */
@Extension
public class RoutesAtAGlance extends OverviewPart {

    @Override
    public String tab() {
        return RoutesTab.ID;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Glance look(Tenant tenant, Application application) throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        for (JsonNode cluster : new RoutesPage(tenant, application).clusters()) {
            Map<String, List<JsonNode>> byAddress = new LinkedHashMap<>();
            for (JsonNode node : cluster.path("nodes")) {
                for (JsonNode route : node.path("routes")) {
                    byAddress
                            .computeIfAbsent(address(route), unused -> new ArrayList<>())
                            .add(route);
                }
            }
            int nodes = cluster.path("nodes").size();
            byAddress.forEach((address, routes) ->
                    lines.add(line(cluster.path("cluster").asText(), address, routes.get(0), routes.size(), nodes)));
        }
        return new Glance(lines, List.of());
    }

    private static Line line(String cluster, String address, JsonNode route, int on, int nodes) {
        return new Line(
                route.path("host").asText() + route.path("path").asText(),
                address,
                Messages._glance_where(route.path("environment").asText(), cluster, on, nodes),
                on == nodes ? Messages._glance_everywhere() : Messages._glance_notEverywhere(),
                on == nodes ? Tone.OK : Tone.WARN);
    }

    private static String address(JsonNode route) {
        boolean tls = route.has("tls");
        int port = (tls ? route.path("tls") : route).path("port").asInt();
        boolean usual = port == (tls ? 443 : 80) || port == 0;
        return (tls ? "https://" : "http://")
                + route.path("host").asText()
                + (usual ? "" : ":" + port)
                + route.path("path").asText();
    }
}
