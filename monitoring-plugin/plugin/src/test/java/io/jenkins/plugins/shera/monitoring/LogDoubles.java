package io.jenkins.plugins.shera.monitoring;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.monitoring.config.LogAgentSettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * An API server with one pod and a log agent that write down what they are shown, and two tenants with it: retail has a token of its
 * own, bank acts by impersonation through the platform's.
 */
public final class LogDoubles implements AutoCloseable {

    private static final String END = "#end {\"records\":1,\"orderVerified\":true,\"complete\":true}\n";

    private final List<String> seenByAgent = new CopyOnWriteArrayList<>();
    private final HttpServer api;
    private final HttpServer agent;
    private volatile int status = 200;
    private volatile String speaks = "2";

    /** Begins to answer. */
    public LogDoubles() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/api/v1/", this::answerOfApi);
        api.start();
        agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.createContext("/", this::answerOfAgent);
        agent.start();
    }

    /** Each request to the agent with all its headers. */
    public List<String> seenByAgent() {
        return seenByAgent;
    }

    /** From now on the agent answers this, and says that it speaks this version, or none for an empty text. */
    public void agentAnswers(int code, String version) {
        status = code;
        speaks = version;
    }

    /** The agent is gone. */
    public void stopAgent() {
        agent.stop(0);
    }

    /** The cluster is gone. */
    public void stopApi() {
        api.stop(0);
    }

    @Override
    public void close() {
        api.stop(0);
        agent.stop(0);
    }

    private void answerOfApi(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body;
        if (path.endsWith("/log")) {
            body = "2026-01-02T03:04:05.000000001Z from the api\n2026-01-02T03:04:06.000000001Z error 7 from the api\n";
        } else if (path.endsWith("/nodes")) {
            body = "{\"kind\":\"NodeList\",\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"node-1\"},"
                    + "\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"10.0.0.1\"}]}}]}";
        } else {
            body =
                    "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"shop-1\"},"
                            + "\"spec\":{\"nodeName\":\"node-1\",\"containers\":[{\"name\":\"shop\"}]},\"status\":{\"phase\":\"Running\","
                            + "\"hostIP\":\"10.0.0.1\",\"containerStatuses\":[{\"name\":\"shop\",\"restartCount\":0,"
                            + "\"state\":{\"running\":{}},\"lastState\":{}}]}}]}";
        }
        answer(exchange, 200, body);
    }

    private void answerOfAgent(HttpExchange exchange) throws IOException {
        seenByAgent.add(
                exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
        if (!speaks.isEmpty()) {
            exchange.getResponseHeaders().set("Shera-Log-Agent", speaks);
        }
        answer(exchange, status, "2026-01-02T03:04:05.000000001Z from the agent\n" + END);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void secret(JenkinsRule rule, String id) throws IOException {
        CredentialsProvider.lookupStores(rule.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(
                                CredentialsScope.GLOBAL, id, "", Secret.fromString("token-of-" + id)));
    }

    /** Sets both tenants up; the clerk has SheRa/Logs on retail alone. */
    public void tenants(JenkinsRule rule) throws Exception {
        List<Tenant> tenants = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("clerk");
        for (String id : List.of("retail", "bank")) {
            Folder folder = rule.createProject(Folder.class, id);
            Tenant tenant = new Tenant(id);
            tenant.setFolder(id);
            tenant.setClusters(List.of("east"));
            tenant.setNamespaces(List.of(new TenantNamespace("east", id)));
            tenants.add(tenant);
            Application application = new Application(id, "shop");
            application.setEnvironments(List.of(new Environment("prod", "east", id)));
            applications.add(application);
            if (id.equals("retail")) {
                rights.grant(SheraPermissions.VIEW, SheraPermissions.LOGS)
                        .onItems(folder)
                        .to("clerk");
            }
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            secret(rule, "retail");
            secret(rule, "platform");
            KubernetesCluster east = new KubernetesCluster("east");
            east.setServer("http://127.0.0.1:" + api.getAddress().getPort());
            east.setInsecure(true);
            east.setCredentialsId("platform");
            east.setImpersonation(true);
            east.setTenantAccess(List.of(new TenantLogin("retail", "retail")));
            SheraConfiguration.get().setClusters(List.of(east));
            SheraConfiguration.get().setTenants(tenants);
            SheraConfiguration.get().setApplications(applications);
            MonitoringConfiguration.get().setLogAgents(List.of(new LogAgentSettings("east", agentAddress())));
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(rights);
    }

    /** Where the agent answers. */
    public String agentAddress() {
        return "http://127.0.0.1:" + agent.getAddress().getPort();
    }
}
