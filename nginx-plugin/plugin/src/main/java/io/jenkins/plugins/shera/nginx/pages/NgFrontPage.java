package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.pages.Addresses;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.SheraPage;
import java.io.IOException;
import java.util.List;
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
        clusters().nodes(request, response);
    }

    /** How far every node of {@code ?cluster=} is from what was last put there. */
    @GET
    public void doDrift(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        clusters().drift(request, response);
    }

    /** What the nodes of {@code ?cluster=} answered in the last {@code minutes} by host and upstream. */
    @GET
    public void doFigures(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        clusters().figures(request, response);
    }

    /** Which members of their upstreams the nodes of {@code ?cluster=} do not reach. */
    @GET
    public void doReach(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        clusters().reach(request, response);
    }

    /** The files of {@code ?cluster=} as they lie on all nodes, or on {@code node}, as a zip with a folder for each node. */
    @GET
    public void doDownload(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, InterruptedException {
        clusters().download(request, response);
    }

    /** Puts back, on every node that drifted, what was last put there. */
    @RequirePOST
    public HttpResponse doOverwrite(StaplerRequest2 request) {
        return clusters().overwrite(request);
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
        clusters().site(request, response);
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

    private ClusterDoor clusters() {
        return new ClusterDoor(tenant);
    }

    private WholeDoor whole() {
        ClusterDoor clusters = clusters();
        return new WholeDoor(tenant, clusters::find, clusters::isWhole);
    }

    private SiteDoor site() {
        return new SiteDoor(whole());
    }

    /** Makes a token for a KubeNg {@code node} of {@code nginx}, in place of the one it had; told this once. */
    @RequirePOST
    public HttpResponse doKubengToken(StaplerRequest2 request) {
        return new KubengTokens(tenant.getId(), clusters()::find).renew(request);
    }

    /** Lets the token of a KubeNg {@code node} of {@code nginx} count no more. */
    @RequirePOST
    public HttpResponse doKubengRevoke(StaplerRequest2 request) {
        return new KubengTokens(tenant.getId(), clusters()::find).revoke(request);
    }

    /** Shows the key by which sshd of a {@code node} of {@code nginx} wants to be known, and the one it is known by. */
    @RequirePOST
    public HttpResponse doHostKey(StaplerRequest2 request) {
        return new HostKeyDoor(tenant.getId(), clusters()::find).show(request);
    }

    /** Knows a {@code node} of {@code nginx} from now on by this {@code key}. */
    @RequirePOST
    public HttpResponse doAcceptHostKey(StaplerRequest2 request) {
        return new HostKeyDoor(tenant.getId(), clusters()::find).accept(request);
    }

    /** The certificates of {@code ?cluster=} that the tenant may show, without their keys. */
    @GET
    public void doCertificates(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        ClusterDoor.send(
                response,
                new CertificateDoor(tenant, clusters()::find).list(clusters().clusterOf(request)));
    }

    /** Puts a certificate of {@code nginx}, from PEM or a Secret of Kubernetes, in place of its namesake. */
    @RequirePOST
    public HttpResponse doPutCertificate(StaplerRequest2 request) {
        return new CertificateDoor(tenant, clusters()::find).put(request);
    }

    /** Deletes a certificate of {@code nginx} that no route shows. */
    @RequirePOST
    public HttpResponse doDeleteCertificate(StaplerRequest2 request) {
        return new CertificateDoor(tenant, clusters()::find).delete(request);
    }

    /** Publishes a route of {@code application} in {@code environment} on {@code nginx}. */
    @RequirePOST
    public HttpResponse doPublish(StaplerRequest2 request) {
        return new RouteDoor(tenant, clusters()::find).publish(request);
    }

    /** Takes the route of {@code host} and {@code path} from {@code nginx}, on every node or on none. */
    @RequirePOST
    public HttpResponse doRemoveRoute(StaplerRequest2 request) {
        return new RouteDoor(tenant, clusters()::find).remove(request);
    }

    /** Sends a share of the requests of {@code application} in {@code environment} on {@code nginx} elsewhere. */
    @RequirePOST
    public HttpResponse doWeight(StaplerRequest2 request) {
        return new RouteDoor(tenant, clusters()::find).weigh(request);
    }

    /** The route of {@code ?application=} in {@code environment} on {@code cluster} as an HTTPRoute for {@code gateway}. */
    @GET
    public void doHttpRoute(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, InterruptedException {
        new RouteDoor(tenant, clusters()::find).export(clusters().clusterOf(request), request, response);
    }

    /** Gives the route of {@code application} in {@code environment} on {@code nginx} its headers, limits, access and redirects. */
    @RequirePOST
    public HttpResponse doRules(StaplerRequest2 request) {
        return new RulesDoor(tenant, clusters()::find).put(request);
    }

    /** Puts a TCP or UDP port of {@code nginx} in force for {@code application} in {@code environment}. */
    @RequirePOST
    public HttpResponse doStream(StaplerRequest2 request) {
        return new StreamDoor(tenant, clusters()::find).put(request);
    }

    /** Takes a TCP or UDP port from {@code nginx}. */
    @RequirePOST
    public HttpResponse doDeleteStream(StaplerRequest2 request) {
        return new StreamDoor(tenant, clusters()::find).delete(request);
    }
}
