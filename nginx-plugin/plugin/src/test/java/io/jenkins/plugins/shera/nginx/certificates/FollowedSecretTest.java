package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.TlsCall;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A certificate in a real cluster is renewed there, and nginx shows it. */
@Tag("cluster")
@Tag("slow")
@WithJenkins
class FollowedSecretTest extends ClusterRig {
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
}
