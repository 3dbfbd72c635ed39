package io.jenkins.plugins.shera.monitoring;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.config.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The tenants retail and bank, each with an application shop, watched by one real Prometheus; and people who may this or that. */
public final class TwoTenants {

    private TwoTenants() {}

    /** Sets them up. Everybody's password is their name. */
    public static void of(JenkinsRule rule, RealPrometheus prometheus) throws Exception {
        List<Tenant> tenants = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.ADMINISTER).everywhere().to("admin");
        rights.grant(Jenkins.READ).everywhere().to("operator", "viewer", "banker");
        for (String id : List.of("retail", "bank")) {
            Folder folder = rule.createProject(Folder.class, id);
            Tenant tenant = new Tenant(id);
            tenant.setFolder(id);
            tenant.setClusters(List.of("east"));
            tenant.setNamespaces(List.of(new TenantNamespace("east", id)));
            tenants.add(tenant);
            Application application = new Application(id, "shop");
            application.setEnvironments(List.of(new Environment("dev", "east", id)));
            applications.add(application);
            if (id.equals("retail")) {
                rights.grant(SheraPermissions.VIEW).onItems(folder).to("operator", "viewer");
                rights.grant(SheraPermissions.ALERT).onItems(folder).to("operator");
            } else {
                rights.grant(SheraPermissions.VIEW, SheraPermissions.ALERT)
                        .onItems(folder)
                        .to("banker");
            }
        }
        KubernetesCluster east = new KubernetesCluster("east");
        east.setServer("https://127.0.0.1:9");
        PrometheusServer server = new PrometheusServer("main", prometheus.url().toString());
        server.setClusters("east");
        server.setRulesFolder(prometheus.rules().toString());
        server.setPromtool(RealPrometheus.promtool().toString());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setClusters(List.of(east));
            SheraConfiguration.get().setTenants(tenants);
            SheraConfiguration.get().setApplications(applications);
            MonitoringConfiguration.get().setPrometheusServers(List.of(server));
            everyone("restarts", "3");
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(rights);
    }

    /** The platform's one threshold. */
    public static void everyone(String metric, String warning) {
        ThresholdSettings settings = new ThresholdSettings(metric);
        settings.setWarning(warning);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setThresholds(List.of(settings));
        }
    }

    /** Sets up an Alertmanager whose web hooks may lie on the loopback address only. */
    public static void alertmanager(RealAlertmanager real) {
        AlertmanagerServer server = new AlertmanagerServer("am", real.url().toString());
        server.setConfigFile(real.config().toString());
        server.setAmtool(RealAlertmanager.amtool().toString());
        server.setWebhookHosts("127.0.0.1");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setAlertmanagers(List.of(server));
        }
    }

    /** A GET as somebody. */
    public static HttpResponse<String> get(JenkinsRule rule, String user, String path) throws Exception {
        return HttpClient.newHttpClient().send(request(rule, user, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A POST of JSON as somebody, with a crumb. */
    public static HttpResponse<String> post(JenkinsRule rule, String user, String path, String body) throws Exception {
        HttpClient session =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        JsonNode crumb = new ObjectMapper()
                .readTree(session.send(
                                request(rule, user, "crumbIssuer/api/json").build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
        HttpRequest request = request(rule, user, path)
                .header("Content-Type", "application/json")
                .header(
                        crumb.path("crumbRequestField").asText(),
                        crumb.path("crumb").asText())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return session.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(JenkinsRule rule, String user, String path) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(rule.getURL() + path)).header("Authorization", "Basic " + login);
    }
}
