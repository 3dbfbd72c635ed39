package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.pages.Addresses;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** Where one application is reached: its routes on every node of every nginx cluster that the tenant may use. */
@ExportedBean
public final class RoutesPage extends TabPage {
    private final Tenant tenant;
    private final Application application;

    RoutesPage(Tenant tenant, Application application) {
        super(application, RoutesTab.ID);
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.routes();
    }

    @Override
    public String getPlugin() {
        return "shera-nginx";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Name of the application. */
    @Exported
    public String getApplication() {
        return application.getName();
    }

    /** The page of all that the tenant has on nginx. */
    @Exported
    public String getNginxUrl() {
        return Addresses.of(tenant) + "/" + NgFrontPage.ID + "/";
    }

    /** The routes as the nodes have them now; a node that cannot be read is told with the reason. */
    @GET
    public void doNow(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("application", application.getName());
        body.put("nginxUrl", getNginxUrl());
        body.set("clusters", clusters());
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    ArrayNode clusters() throws IOException, InterruptedException {
        ArrayNode clusters = JsonNodeFactory.instance.arrayNode();
        for (NginxCluster cluster : NginxConfiguration.get().getClusters()) {
            if (cluster.serves(tenant.getId())) {
                clusters.add(cluster(cluster));
            }
        }
        return clusters;
    }

    private ObjectNode cluster(NginxCluster cluster) throws IOException, InterruptedException {
        ObjectNode read = new ClusterJson(Optional.empty())
                .of(cluster.getId(), false, false, ClusterReading.of(cluster, tenant.getId()));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cluster", cluster.getId());
        ArrayNode nodes = json.putArray("nodes");
        if (cluster.isKubeng()) {
            new KubengJson(cluster, tenant.getId()).into(read, false);
            own(nodes.addObject().put("name", "KubeNg").put("error", ""), read.path("routes"));
        }
        for (JsonNode node : read.path("nodes")) {
            ObjectNode one = nodes.addObject();
            one.put("name", node.path("name").asText());
            one.put("error", node.path("error").asText());
            own(one, node.path("routes"));
        }
        return json;
    }

    private void own(ObjectNode json, JsonNode routes) {
        ArrayNode own = json.putArray("routes");
        for (JsonNode route : routes) {
            if (route.path("tenant").asText().equals(tenant.getId())
                    && route.path("application").asText().equals(application.getName())) {
                own.add(route);
            }
        }
    }
}
