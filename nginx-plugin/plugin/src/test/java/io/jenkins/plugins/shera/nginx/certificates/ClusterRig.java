package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A tenant with a namespace of its own in a real cluster, and an nginx. */
abstract class ClusterRig {
    static final String FRONT = "shera/tenant/retail/nginx/";

    @TempDir
    Path folder;

    final String namespace = "shera-nginx-" + UUID.randomUUID().toString().substring(0, 8);
    JenkinsRule jenkins;
    RealNginx nginx;
    TwoTenants tenants;
    ClusterClient kubernetes;

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

    void apply(String yaml) throws Exception {
        new Applier(kubernetes.api(), new Kinds(kubernetes.api())).apply(Manifests.read(yaml, "test"));
    }
}
