package io.jenkins.plugins.shera.nginx.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import io.jenkins.plugins.shera.onjenkins.AsCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What configuration as code writes of the nginx clusters, it also reads, and it comes to the same. */
@WithJenkins
class NginxAsCodeTest {

    @Test
    void readsTheClustersItWrote(JenkinsRule rule) throws Exception {
        AsCode.read(
                """
                unclassified:
                  sheraNginx:
                    clusters:
                    - id: "edge"
                      port: 8080
                      tenants: "payments shop"
                      nodes:
                      - mainConfig: "/etc/nginx/nginx.conf"
                        folder: "/etc/nginx/shera"
                        versionPort: 8898
                    - id: "kubeng"
                      daemons: "node-a node-b"
                      ingressClasses: "shera internal"
                      gateways: "infra/edge"
                      objectPods: true
                    directives:
                    - tenant: "shop"
                      more: "auth_request mirror"
                      fewer: "return"
                """);
        String first = AsCode.export("sheraNginx");
        NginxConfiguration.get().setClusters(List.of());
        NginxConfiguration.get().setDirectives(List.of());

        AsCode.read(first);

        assertThat(AsCode.export("sheraNginx")).isEqualTo(first);
        assertThat(first)
                .contains(
                        "auth_request mirror",
                        "payments shop",
                        "/etc/nginx/shera",
                        "8898",
                        "node-a node-b",
                        "shera internal",
                        "infra/edge");
        assertThat(NginxConfiguration.get().getClusters())
                .extracting(NginxCluster::getId)
                .containsExactly("edge", "kubeng");
    }

    @Test
    void readsTheCertificatesItWroteWithTheirKeysEncrypted(JenkinsRule rule) throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        AsCode.read(
                """
                unclassified:
                  sheraNginx:
                    certificates:
                    - nginx: "edge"
                      tenant: "retail"
                      name: "shop"
                      chain: |
                %s
                      key: |
                %s
                    - nginx: "edge"
                      name: "wild"
                      secret: "prod/web/wild-tls"
                """
                        .formatted(
                                made.chain().strip().indent(8),
                                made.key().strip().indent(8)));
        String first = AsCode.export("sheraNginx");
        NginxConfiguration.get().setCertificates(List.of());

        AsCode.read(first);

        assertThat(AsCode.export("sheraNginx")).isEqualTo(first);
        assertThat(first).contains("prod/web/wild-tls").doesNotContain(made.secret());
        assertThat(NginxConfiguration.get()
                        .certificate("edge", "retail/shop")
                        .orElseThrow()
                        .pair()
                        .orElseThrow()
                        .key())
                .isEqualTo(made.key());
    }
}
