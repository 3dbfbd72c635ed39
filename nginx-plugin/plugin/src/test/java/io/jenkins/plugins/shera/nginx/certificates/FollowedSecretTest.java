package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.node.TlsCall;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A certificate in a real cluster is renewed there, and nginx shows it. */
@Tag("cluster")
@Tag("slow")
@WithJenkins
class FollowedSecretTest {
    private static final String FRONT = "shera/tenant/retail/nginx/";

    @TempDir
    Path folder;

    private final String namespace = "shera-tls-" + UUID.randomUUID().toString().substring(0, 8);
    private JenkinsRule jenkins;
    private RealNginx nginx;
    private TwoTenants tenants;
    private ClusterClient kubernetes;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("KUBECONFIG names a cluster").isTrue();
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        String kubeconfig = Files.readString(Path.of(file));
        kubernetes = ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD);
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
        jenkins = rule;
        nginx = RealNginx.start(folder);
        tenants = new TwoTenants(rule, nginx.tlsPort());
        tenants.nodes(nginx);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new FileCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "kube",
                                    "",
                                    "config",
                                    SecretBytes.fromBytes(kubeconfig.getBytes(StandardCharsets.UTF_8))));
            KubernetesCluster real = new KubernetesCluster("real");
            real.setTenantAccess(List.of(new TenantLogin("retail", "kube")));
            KubernetesCluster east = SheraConfiguration.get().cluster("east");
            SheraConfiguration.get().setClusters(List.of(east, real));
            Tenant retail = SheraConfiguration.get().tenant("retail");
            retail.setClusters(List.of("east", "real"));
            retail.setNamespaces(
                    List.of(new TenantNamespace("east", "retail"), new TenantNamespace("real", namespace)));
            SheraConfiguration.get()
                    .setTenants(List.of(retail, SheraConfiguration.get().tenant("bank")));
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
        if (kubernetes != null) {
            ObjectRef ref = new ObjectRef(new Kinds(kubernetes.api()).find("v1", "Namespace"), "", namespace);
            String uid = kubernetes.api().get(ref.path()).at("/metadata/uid").asText();
            kubernetes.api().delete(ref, uid);
            kubernetes.close();
        }
    }

    @Test
    void followsASecretOfTheTenant() throws Exception {
        TestCertificate first = TestCertificate.of("shop.example.com");
        TestCertificate second = TestCertificate.of("shop.example.com");
        secret(first.chain(), first.key());
        String place = "real/" + namespace + "/shop-tls";
        assertThat(put(place).statusCode()).isEqualTo(200);
        jenkins.assertBuildStatus(
                Result.SUCCESS,
                tenants.run("publish", "retail", TwoTenants.publish("shop.example.com", "certificate: 'shop'")));
        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(first.own());
        long before = new NginxNode(nginx.installation()).drift().generation();

        secret(second.chain(), second.key());
        follow();

        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(second.own());
        assertThat(new NginxNode(nginx.installation()).drift().generation()).isEqualTo(before + 1);

        secret(first.chain(), second.key());
        follow();

        assertThat(tenants.json("dev", FRONT + "certificates?cluster=edge")
                        .at("/certificates/0/problem")
                        .asText())
                .contains("The private key does not belong to the first certificate.");
        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(second.own());
    }

    @Test
    void refusesASecretOfAnotherNamespaceOrTypeOrNone() throws Exception {
        assertThat(put("real/kube-system/shop-tls").body()).contains("is not one of tenant retail");
        assertThat(put("real/" + namespace + "/none").body())
                .contains("There is no Secret real/" + namespace + "/none");
        apply("{apiVersion: v1, kind: Secret, metadata: {name: opaque, namespace: " + namespace + "}, type: Opaque}");
        assertThat(put("real/" + namespace + "/opaque").body()).contains("is not of the type kubernetes.io/tls");
        assertThat(put("elsewhere").statusCode()).isEqualTo(422);
    }

    private static void follow() {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CertificateWatch.get().follow();
        }
    }

    private HttpResponse<String> put(String secret) throws Exception {
        return tenants.post("dev", FRONT + "putCertificate", Map.of("nginx", "edge", "name", "shop", "secret", secret));
    }

    private void secret(String chain, String key) throws Exception {
        apply("{apiVersion: v1, kind: Secret, metadata: {name: shop-tls, namespace: " + namespace
                + "}, type: kubernetes.io/tls, data: {tls.crt: " + base64(chain) + ", tls.key: " + base64(key) + "}}");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void apply(String yaml) throws Exception {
        new Applier(kubernetes.api(), new Kinds(kubernetes.api())).apply(Manifests.read(yaml, "test"));
    }
}
