package io.jenkins.plugins.shera.nginx.certificates;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Tenants retail and bank with an application each, on one nginx cluster that both may use. */
public final class TwoTenants {
    private final JenkinsRule rule;
    private final int tlsPort;

    /** Users admin, dev, who may publish, and reader, who may look. */
    public TwoTenants(JenkinsRule rule, int tlsPort) throws Exception {
        this.rule = rule;
        this.tlsPort = tlsPort;
        List<Tenant> tenants = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        for (String id : List.of("retail", "bank")) {
            rule.createProject(Folder.class, id);
            Tenant tenant = new Tenant(id);
            tenant.setFolder(id);
            tenant.setClusters(List.of("east"));
            tenant.setNamespaces(List.of(new TenantNamespace("east", id)));
            tenants.add(tenant);
            Application application = new Application(id, "shop");
            application.setEnvironments(List.of(new Environment("dev", "east", id)));
            applications.add(application);
        }
        KubernetesCluster east = new KubernetesCluster("east");
        east.setServer("https://127.0.0.1:9");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setClusters(List.of(east));
            SheraConfiguration.get().setTenants(tenants);
            SheraConfiguration.get().setApplications(applications);
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW, SheraPermissions.ROUTE)
                .everywhere()
                .to("dev")
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("reader"));
    }

    int tlsPort() {
        return tlsPort;
    }

    /** The cluster edge has these nodes, which serve the same ports of this machine. */
    public NginxCluster nodes(RealNginx... nodes) {
        List<NginxNodeSettings> settings = new ArrayList<>();
        for (RealNginx nginx : nodes) {
            NginxInstallation installation = nginx.installation();
            NginxNodeSettings node = new NginxNodeSettings(
                    installation.mainConfig().toString(), installation.folder().toString());
            node.setBinary(installation.binary().toString());
            node.setVersionPort(installation.versionPort());
            node.setStreamPort(installation.streamPort());
            if (Files.exists(nginx.requestLog())) {
                node.setRequestLog(nginx.requestLog().toString());
            }
            settings.add(node);
        }
        NginxCluster edge = new NginxCluster("edge", settings);
        edge.setPort(nodes[0].port());
        return only(edge);
    }

    /** The only cluster, for both tenants. */
    public NginxCluster only(NginxCluster edge) {
        edge.setTenants("retail bank");
        edge.setTlsPort(tlsPort);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }
        return edge;
    }

    static NginxCertificate given(String tenant, String name, TestCertificate made) {
        NginxCertificate given = new NginxCertificate("edge", name);
        given.setTenant(tenant);
        given.setChain(made.chain());
        given.setKey(Secret.fromString(made.key()));
        return given;
    }

    /** A build of a new job of the tenant, when it is over. */
    public WorkflowRun run(String job, String tenant, String script) throws Exception {
        return job(job, tenant, script).scheduleBuild2(0).get();
    }

    /** A new job of the tenant. */
    public WorkflowJob job(String job, String tenant, String script) throws Exception {
        Folder folder = rule.jenkins.getItemByFullName(tenant, Folder.class);
        WorkflowJob created = folder.createProject(WorkflowJob.class, job);
        created.setDefinition(new CpsFlowDefinition(script, true));
        return created;
    }

    static String publish(String host, String tls) {
        return "def r = publishRoute(application: 'shop', environment: 'dev', host: '" + host
                + "', members: ['127.0.0.1:9'], tls: [" + tls + "])\necho \"at ${r.url}\"\n";
    }

    /** What a user reads below Jenkins. */
    public HttpResponse<String> get(String user, String path) throws Exception {
        return send(user, user, request(path));
    }

    /** What a user's request is answered. */
    public HttpResponse<String> post(String user, String path, Map<String, Object> body) throws Exception {
        String token = rule.createApiToken(User.getById(user, true));
        return send(
                user,
                token,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(body))));
    }

    /** The same as {@link #get}, read. */
    public JsonNode json(String user, String path) throws Exception {
        return new ObjectMapper().readTree(get(user, path).body());
    }

    private HttpRequest.Builder request(String path) throws Exception {
        return HttpRequest.newBuilder(URI.create(rule.getURL() + path));
    }

    private static HttpResponse<String> send(String user, String password, HttpRequest.Builder request)
            throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        request.header("Authorization", "Basic " + login).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }
}
