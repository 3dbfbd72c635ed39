package io.jenkins.plugins.shera.monitoring.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.agent.LogAgent;
import io.jenkins.plugins.shera.monitoring.agent.Settings;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two tenants with tokens of their own, pods of the same names in a real cluster, and a real agent over the node's real logs. */
@Tag("cluster")
@WithJenkins
class RealAgentTabTest {

    private static final Path PODS = Path.of("/var/log/pods");

    private final ObjectMapper json = new ObjectMapper();
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private ClusterClient client;
    private LogAgent agent;
    private String kubeconfig;

    @BeforeEach
    void start() throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file)) && Files.isReadable(PODS);
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("KUBECONFIG names a cluster on this machine").isTrue();
        }
        Assumptions.assumeTrue(there, "needs a cluster that KUBECONFIG names, on this machine");
        kubeconfig = Files.readString(Path.of(file));
        client = ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD);
        for (String tenant : List.of("retail", "bank")) {
            deploy(tenant);
        }
        agent = LogAgent.start(new Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                null,
                Path.of(file),
                null,
                "",
                PODS,
                Path.of("/var/lib/docker/containers"),
                4,
                4));
    }

    private String namespace(String tenant) {
        return "shera-" + tenant + "-" + suffix;
    }

    private void deploy(String tenant) throws Exception {
        String namespace = namespace(tenant);
        Applier applier = new Applier(client.api(), new Kinds(client.api()));
        applier.apply(
                Manifests.read("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}", "namespace"));
        String rbac = "apiVersion: rbac.authorization.k8s.io/v1, metadata: {name: reader}";
        String objects = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: reader}}\n---\n{kind: Role, " + rbac
                + ", rules: [{apiGroups: [''], resources: [pods, pods/log], verbs: [get, list]}]}\n---\n"
                + "{kind: RoleBinding, " + rbac
                + ", roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}, subjects: [{kind:"
                + " ServiceAccount, name: reader, namespace: " + namespace + "}]}\n---\n"
                + "{apiVersion: v1, kind: Pod, metadata: {name: shop-1, labels: {app.kubernetes.io/name: shop}}, spec:"
                + " {terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, containers: [{name: shop,"
                + " image: 'localhost/busybox:1', imagePullPolicy: IfNotPresent, command: [sh, -c, 'i=0; while [ $i -lt"
                + " 300 ]; do echo \"order $i of " + tenant + "\"; i=$((i+1)); done; sleep 3600']}]}}";
        List<Manifest> all = Manifests.read(objects, "objects").stream()
                .map(manifest -> manifest.in(namespace))
                .toList();
        applier.apply(all);
        await().atMost(Duration.ofMinutes(2)).until(() -> client.api()
                .get(new ObjectRef(ResourceKind.POD, namespace, "shop-1").path())
                .at("/status/phase")
                .asText()
                .equals("Running"));
    }

    private String token(String tenant) throws Exception {
        JsonNode request = json.readTree(
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{\"expirationSeconds\":3600}}");
        return client.api()
                .create("/api/v1/namespaces/" + namespace(tenant) + "/serviceaccounts/reader/token", request)
                .at("/status/token")
                .asText();
    }

    @AfterEach
    void remove() throws Exception {
        if (agent != null) {
            agent.close();
        }
        if (client != null) {
            for (String tenant : List.of("retail", "bank")) {
                ObjectRef ref = new ObjectRef(new Kinds(client.api()).find("v1", "Namespace"), "", namespace(tenant));
                client.api()
                        .delete(
                                ref,
                                client.api().get(ref.path()).at("/metadata/uid").asText());
            }
            client.close();
        }
    }

    private String authority() {
        Matcher data = Pattern.compile("certificate-authority-data\"?: *\"?([A-Za-z0-9+/=]+)")
                .matcher(kubeconfig);
        return data.find() ? new String(Base64.getDecoder().decode(data.group(1))) : "";
    }

    private void tenants(JenkinsRule rule) throws Exception {
        KubernetesCluster real = new KubernetesCluster("real");
        real.setServer(Kubeconfig.parse(kubeconfig, null, false).server().toString());
        real.setCaCertificate(authority());
        real.setTenantAccess(List.of(new TenantLogin("retail", "retail"), new TenantLogin("bank", "bank")));
        List<Tenant> tenants = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.READ).everywhere().to("retail", "bank");
        for (String id : List.of("retail", "bank")) {
            Folder folder = rule.createProject(Folder.class, id);
            rights.grant(SheraPermissions.VIEW, SheraPermissions.LOGS)
                    .onItems(folder)
                    .to(id);
            Tenant tenant = new Tenant(id);
            tenant.setFolder(id);
            tenant.setClusters(List.of("real"));
            tenant.setNamespaces(List.of(new TenantNamespace("real", namespace(id))));
            tenants.add(tenant);
            Application application = new Application(id, "shop");
            application.setEnvironments(List.of(new Environment("prod", "real", namespace(id))));
            applications.add(application);
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (String id : List.of("retail", "bank")) {
                CredentialsProvider.lookupStores(rule.jenkins)
                        .iterator()
                        .next()
                        .addCredentials(
                                Domain.global(),
                                new StringCredentialsImpl(
                                        CredentialsScope.GLOBAL, id, "", Secret.fromString(token(id))));
            }
            SheraConfiguration.get().setClusters(List.of(real));
            SheraConfiguration.get().setTenants(tenants);
            SheraConfiguration.get().setApplications(applications);
            MonitoringConfiguration.get()
                    .setLogAgents(List.of(new LogAgentSettings(
                            "real", "http://127.0.0.1:" + agent.address().getPort())));
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(rights);
    }

    private static String get(JenkinsRule rule, String user, String tenant, String query) throws Exception {
        return TwoTenants.get(rule, user, "shera/tenant/" + tenant + "/application/shop/logs/" + query)
                .body();
    }

    @Test
    void eachTenantReadsItsOwnRangeFromTheAgentAndNoByteOfTheOther(JenkinsRule rule) throws Exception {
        tenants(rule);
        String range = "lines?environment=prod&since=1h";
        for (String own : List.of("retail", "bank")) {
            String foreign = own.equals("retail") ? "bank" : "retail";
            JsonNode answer = await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> json.readTree(get(rule, own, own, range)),
                            read -> read.path("lines").size() == 300);
            assertThat(answer.at("/sources/0/source").asText()).isEqualTo("agent");
            assertThat(answer.at("/lines/299/text").asText()).isEqualTo("order 299 of " + own);
            for (String query : List.of(
                    range,
                    "download?environment=prod&since=1h",
                    range + "&pod=shop-1&container=shop&grep=order",
                    range + "&regex=true&grep=of%20(bank%7Cretail)",
                    range + "&pod=..%2F" + namespace(foreign) + "_shop-1",
                    range + "&environment=prod&namespace=" + namespace(foreign))) {
                assertThat(get(rule, own, own, query)).as(query).doesNotContain("of " + foreign);
                assertThat(get(rule, own, foreign, query)).as(query).doesNotContain("of " + foreign);
            }
        }
    }
}
