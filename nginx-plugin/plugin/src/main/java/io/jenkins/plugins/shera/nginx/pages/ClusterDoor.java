package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.steps.Overwriting;
import io.jenkins.plugins.shera.nginx.steps.SiteDesk;
import io.jenkins.plugins.shera.nginx.traffic.ClusterFigures;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What a tenant reads of the clusters that it may use, and of which of them it sees all. */
final class ClusterDoor {
    private final Tenant tenant;

    ClusterDoor(Tenant tenant) {
        this.tenant = tenant;
    }

    void nodes(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        NginxCluster cluster = clusterOf(request);
        boolean whole = isWhole(cluster);
        ObjectNode body = new ClusterJson(whole ? SiteDesk.intended(cluster.getId()) : Optional.empty())
                .of(cluster.getId(), whole, canOverwrite(cluster), read(cluster));
        if (whole) {
            SiteJson.behind(body, SiteDesk.notes(cluster.getId()));
        }
        body.put("tenant", tenant.getId());
        body.put("mayAccept", isAdministrator());
        body.put("mayRule", TenantFolder.allows(tenant, SheraPermissions.ROUTE));
        if (cluster.isKubeng()) {
            new KubengJson(cluster, isWhole(cluster) ? null : tenant.getId()).into(body, isAdministrator());
        }
        send(response, body);
    }

    void drift(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        NginxCluster cluster = clusterOf(request);
        send(response, DriftJson.of(cluster.getId(), read(cluster)));
    }

    void figures(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        NginxCluster cluster = clusterOf(request);
        String minutes = new QueryText(request).text("minutes");
        send(response, new FiguresJson(cluster, isWhole(cluster) ? null : tenant.getId()).of(minutes));
    }

    void reach(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        NginxCluster cluster = clusterOf(request);
        send(response, new ReachJson(cluster, isWhole(cluster) ? null : tenant.getId()).read());
    }

    /** A zip with a folder for each node. */
    void download(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        NginxCluster cluster = clusterOf(request);
        String wanted = new QueryText(request).text("node");
        List<ClusterReading.OfNode> nodes = read(cluster).stream()
                .filter(node -> node.reading() != null)
                .filter(node -> wanted.isEmpty() || node.name().equals(wanted))
                .toList();
        if (nodes.isEmpty()) {
            throw new RefusedRead(Refusal.unknown("node", Messages.unread(), Messages.unread_next()));
        }
        response.setContentType("application/zip");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"nginx.zip\"");
        try (ZipOutputStream zip = new ZipOutputStream(response.getOutputStream(), StandardCharsets.UTF_8)) {
            for (ClusterReading.OfNode node : nodes) {
                for (Map.Entry<String, String> file : node.reading().found().entrySet()) {
                    zip.putNextEntry(new ZipEntry(node.name() + "/" + file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
        }
    }

    void site(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        NginxCluster cluster = clusterOf(request);
        if (!isWhole(cluster)) {
            throw new RefusedRead(
                    Refusal.conflict("cluster", Messages.shared(cluster.getId()), Messages.site_shared_next()));
        }
        String number = new QueryText(request).text("push");
        if (!number.matches("[0-9]{0,9}")) {
            throw new RefusedRead(Refusal.input("push", Messages.site_push(), Messages.site_push_next()));
        }
        ObjectNode body = SiteJson.of(SiteDesk.history(cluster.getId()), number.isEmpty() ? 0 : Long.parseLong(number));
        SiteJson.notes(body, SiteDesk.notes(cluster.getId()));
        body.put("mayPush", canOverwrite(cluster));
        body.put("mayWatch", ClusterFigures.isLogging(cluster));
        send(response, body);
    }

    HttpResponse overwrite(StaplerRequest2 request) {
        return WebWrite.of(request, "nginx.overwrite", "")
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ROUTE, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    String id = fields.text("nginx");
                    fields.done();
                    NginxCluster cluster = find(id);
                    if (!isWhole(cluster)) {
                        throw Refusal.conflict("nginx", Messages.shared(id), Messages.shared_next());
                    }
                    ObjectNode answer = JsonAnswer.ok();
                    ArrayNode nodes = answer.putArray("overwritten");
                    try {
                        new Overwriting(cluster, tenant.getId()).drifted().forEach(nodes::add);
                    } catch (Overwriting.FailedException e) {
                        throw new Refusal(
                                Refusal.Kind.UNAVAILABLE,
                                Messages.notOverwritten(),
                                "nginx",
                                e.getMessage(),
                                Messages.notOverwritten_next());
                    }
                    return answer;
                });
    }

    static void send(StaplerResponse2 response, ObjectNode body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<ClusterReading.OfNode> read(NginxCluster cluster) throws InterruptedException {
        return ClusterReading.of(cluster, isWhole(cluster) ? null : tenant.getId());
    }

    private static boolean isAdministrator() {
        return Jenkins.get().hasPermission(SheraPermissions.ADMINISTER);
    }

    /** Whose cluster it is alone sees all of it, and so do administrators. */
    boolean isWhole(NginxCluster cluster) {
        return isAdministrator() || cluster.getTenants().equals(tenant.getId());
    }

    private boolean canOverwrite(NginxCluster cluster) {
        return isWhole(cluster) && TenantFolder.allows(tenant, SheraPermissions.ROUTE);
    }

    NginxCluster clusterOf(StaplerRequest2 request) {
        try {
            return find(new QueryText(request).text("cluster"));
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    NginxCluster find(String id) {
        return NginxConfiguration.get()
                .clusterFor(id, tenant.getId())
                .orElseThrow(() ->
                        Refusal.unknown("cluster", Messages.noCluster(tenant.getId()), Messages.noCluster_next()));
    }
}
