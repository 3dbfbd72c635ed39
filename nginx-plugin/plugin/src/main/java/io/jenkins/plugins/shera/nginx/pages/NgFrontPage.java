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
import io.jenkins.plugins.shera.platform.pages.Addresses;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.pages.SheraPage;
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
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The nginx clusters a tenant may use, read back node by node; made only for callers who may see the tenant. */
@ExportedBean
public final class NgFrontPage extends SheraPage {
    static final String ID = "nginx";

    private final Tenant tenant;

    NgFrontPage(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public String getDisplayName() {
        return Messages.nginx();
    }

    @Override
    public String getPageName() {
        return ID;
    }

    @Override
    public String getPageUrl() {
        return getTenantUrl() + "/" + ID;
    }

    @Override
    public String getPlugin() {
        return "shera-nginx";
    }

    @Override
    public String getStylesheet() {
        return "shera-nginx.css";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    @Exported
    public String getTenant() {
        return tenant.getId();
    }

    @Exported
    public String getTitle() {
        return tenant.title();
    }

    @Exported
    public String getTenantUrl() {
        return Addresses.of(tenant);
    }

    /** The clusters the tenant may publish to. */
    @Exported(inline = true)
    public List<ClusterLine> getClusters() {
        return NginxConfiguration.get().getClusters().stream()
                .filter(cluster -> cluster.serves(tenant.getId()))
                .map(cluster -> new ClusterLine(cluster, tenant.getId()))
                .toList();
    }

    /** Every node of {@code ?cluster=} as it is now: state, routes, files found, intended and of earlier generations. */
    @GET
    public void doNodes(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
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

    /** How far every node of {@code ?cluster=} is from what was last put there. */
    @GET
    public void doDrift(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        NginxCluster cluster = clusterOf(request);
        send(response, DriftJson.of(cluster.getId(), read(cluster)));
    }

    /** What the nodes of {@code ?cluster=} answered in the last {@code minutes} by host and upstream. */
    @GET
    public void doFigures(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        NginxCluster cluster = clusterOf(request);
        String minutes = new QueryText(request).text("minutes");
        send(response, new FiguresJson(cluster, isWhole(cluster) ? null : tenant.getId()).of(minutes));
    }

    /** Which members of their upstreams the nodes of {@code ?cluster=} do not reach. */
    @GET
    public void doReach(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        NginxCluster cluster = clusterOf(request);
        send(response, new ReachJson(cluster, isWhole(cluster) ? null : tenant.getId()).read());
    }

    /** The files of {@code ?cluster=} as they lie on all nodes, or on {@code node}, as a zip with a folder for each node. */
    @GET
    public void doDownload(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, InterruptedException {
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

    /** Puts back, on every node that drifted, what was last put there. */
    @RequirePOST
    public HttpResponse doOverwrite(StaplerRequest2 request) {
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

    /** Makes what a hand changed on {@code node} of {@code nginx} what is intended on every node. */
    @RequirePOST
    public HttpResponse doAdopt(StaplerRequest2 request) {
        return new EditDoor(whole()).of(request, (adopting, fields) -> {
            String node = fields.text("node");
            fields.done();
            adopting.adopt(node, said -> {});
        });
    }

    /** Lets go of every adopted edit of {@code nginx}: its nodes have again what is made of the routes alone. */
    @RequirePOST
    public HttpResponse doRelease(StaplerRequest2 request) {
        return new EditDoor(whole()).of(request, (adopting, fields) -> {
            fields.done();
            adopting.release();
        });
    }

    /** Puts the routes of {@code generation} of {@code node} back on every node of {@code nginx}. */
    @RequirePOST
    public HttpResponse doRestoreRoutes(StaplerRequest2 request) {
        return new EditDoor(whole()).restore(request);
    }

    /** The files of people that {@code ?cluster=} is to have, or had with {@code push}, and the newest pushes. */
    @GET
    public void doSite(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
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

    /** Lets every node test files of people; nothing is kept. */
    @RequirePOST
    public HttpResponse doCheckSite(StaplerRequest2 request) {
        return site().check(request);
    }

    /** Pushes files of people to every node: tested on all, put on one, then on the rest; all go back when one refuses. */
    @RequirePOST
    public HttpResponse doPushSite(StaplerRequest2 request) {
        return site().push(request);
    }

    /** Puts the files that wait on {@code nginx} in force, on every node or on {@code node} alone. */
    @RequirePOST
    public HttpResponse doReloadSite(StaplerRequest2 request) {
        return site().reload(request);
    }

    /** Throws the files that wait on {@code nginx} away. */
    @RequirePOST
    public HttpResponse doDropSite(StaplerRequest2 request) {
        return site().drop(request);
    }

    /** Gives the nodes of {@code nginx} that were left behind, or {@code node}, the newest push. */
    @RequirePOST
    public HttpResponse doRetrySite(StaplerRequest2 request) {
        return site().retry(request);
    }

    /** Tells what of a configuration that people wrote, on a {@code node} or in a {@code tree}, would become what; changes nothing. */
    @RequirePOST
    public HttpResponse doImportPlan(StaplerRequest2 request) {
        return new ImportDoor(whole()).plan(request);
    }

    /** Puts {@code routes} and own {@code files} of {@code nginx} in force together, with one reload of every node. */
    @RequirePOST
    public HttpResponse doTakeOver(StaplerRequest2 request) {
        return new ImportDoor(whole()).takeOver(request);
    }

    private WholeDoor whole() {
        return new WholeDoor(tenant, this::find, this::isWhole);
    }

    private SiteDoor site() {
        return new SiteDoor(whole());
    }

    /** Makes a token for a KubeNg {@code node} of {@code nginx}, in place of the one it had; told this once. */
    @RequirePOST
    public HttpResponse doKubengToken(StaplerRequest2 request) {
        return new KubengTokens(tenant.getId(), this::find).renew(request);
    }

    /** Lets the token of a KubeNg {@code node} of {@code nginx} count no more. */
    @RequirePOST
    public HttpResponse doKubengRevoke(StaplerRequest2 request) {
        return new KubengTokens(tenant.getId(), this::find).revoke(request);
    }

    /** Shows the key by which sshd of a {@code node} of {@code nginx} wants to be known, and the one it is known by. */
    @RequirePOST
    public HttpResponse doHostKey(StaplerRequest2 request) {
        return new HostKeyDoor(tenant.getId(), this::find).show(request);
    }

    /** Knows a {@code node} of {@code nginx} from now on by this {@code key}. */
    @RequirePOST
    public HttpResponse doAcceptHostKey(StaplerRequest2 request) {
        return new HostKeyDoor(tenant.getId(), this::find).accept(request);
    }

    /** The certificates of {@code ?cluster=} that the tenant may show, without their keys. */
    @GET
    public void doCertificates(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        send(response, new CertificateDoor(tenant, this::find).list(clusterOf(request)));
    }

    /** Puts a certificate of {@code nginx}, from PEM or a Secret of Kubernetes, in place of its namesake. */
    @RequirePOST
    public HttpResponse doPutCertificate(StaplerRequest2 request) {
        return new CertificateDoor(tenant, this::find).put(request);
    }

    /** Deletes a certificate of {@code nginx} that no route shows. */
    @RequirePOST
    public HttpResponse doDeleteCertificate(StaplerRequest2 request) {
        return new CertificateDoor(tenant, this::find).delete(request);
    }

    /** Publishes a route of {@code application} in {@code environment} on {@code nginx}. */
    @RequirePOST
    public HttpResponse doPublish(StaplerRequest2 request) {
        return new RouteDoor(tenant, this::find).publish(request);
    }

    /** Sends a share of the requests of {@code application} in {@code environment} on {@code nginx} elsewhere. */
    @RequirePOST
    public HttpResponse doWeight(StaplerRequest2 request) {
        return new RouteDoor(tenant, this::find).weigh(request);
    }

    /** The route of {@code ?application=} in {@code environment} on {@code cluster} as an HTTPRoute for {@code gateway}. */
    @GET
    public void doHttpRoute(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, InterruptedException {
        new RouteDoor(tenant, this::find).export(clusterOf(request), request, response);
    }

    /** Gives the route of {@code application} in {@code environment} on {@code nginx} its headers, limits, access and redirects. */
    @RequirePOST
    public HttpResponse doRules(StaplerRequest2 request) {
        return new RulesDoor(tenant, this::find).put(request);
    }

    /** Puts a TCP or UDP port of {@code nginx} in force for {@code application} in {@code environment}. */
    @RequirePOST
    public HttpResponse doStream(StaplerRequest2 request) {
        return new StreamDoor(tenant, this::find).put(request);
    }

    /** Takes a TCP or UDP port from {@code nginx}. */
    @RequirePOST
    public HttpResponse doDeleteStream(StaplerRequest2 request) {
        return new StreamDoor(tenant, this::find).delete(request);
    }

    private static void send(StaplerResponse2 response, ObjectNode body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<ClusterReading.OfNode> read(NginxCluster cluster) throws InterruptedException {
        return ClusterReading.of(cluster, isWhole(cluster) ? null : tenant.getId());
    }

    /** Whose cluster it is alone sees all of it, and so do administrators. */
    private boolean isWhole(NginxCluster cluster) {
        return isAdministrator() || cluster.getTenants().equals(tenant.getId());
    }

    private boolean canOverwrite(NginxCluster cluster) {
        return isWhole(cluster) && TenantFolder.allows(tenant, SheraPermissions.ROUTE);
    }

    private NginxCluster clusterOf(StaplerRequest2 request) {
        try {
            return find(new QueryText(request).text("cluster"));
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    private NginxCluster find(String id) {
        return NginxConfiguration.get()
                .clusterFor(id, tenant.getId())
                .orElseThrow(() ->
                        Refusal.unknown("cluster", Messages.noCluster(tenant.getId()), Messages.noCluster_next()));
    }
}
