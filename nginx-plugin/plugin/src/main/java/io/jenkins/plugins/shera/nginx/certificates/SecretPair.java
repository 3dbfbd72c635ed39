package io.jenkins.plugins.shera.nginx.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.InvalidCertificateException;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Reads a certificate and its key from a Secret of the type {@code kubernetes.io/tls}; a tenant's own only, as the tenant. */
final class SecretPair {
    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    private static final String TYPE = "kubernetes.io/tls";

    private SecretPair() {}

    /** Throws a refusal, in words without anything of the key, where it cannot be read or used. */
    static CertificatePair read(NginxCertificate certificate) {
        String[] place = certificate.getSecret().split("/", 3);
        ClusterAccess access = access(certificate.getTenant(), place[0], place[1]);
        try (ClusterClient client = ClusterClient.open(access, TimeLimits.STANDARD)) {
            JsonNode found = client.api()
                    .find(new ObjectRef(SECRET, place[1], place[2]))
                    .orElseThrow(() -> Refusal.unknown(
                            "secret",
                            Messages.SecretPair_none(certificate.getSecret()),
                            Messages.SecretPair_none_next()));
            if (!TYPE.equals(found.path("type").asText())) {
                throw Refusal.input(
                        "secret", Messages.SecretPair_type(certificate.getSecret()), Messages.SecretPair_type_next());
            }
            return CertificatePair.of(data(found, "tls.crt"), data(found, "tls.key"), Instant.now());
        } catch (KubeException e) {
            throw Refusal.conflict("secret", e.getMessage(), "");
        } catch (InvalidCertificateException | IllegalArgumentException e) {
            throw Refusal.conflict("secret", String.valueOf(e.getMessage()), "");
        }
    }

    private static String data(JsonNode secret, String field) throws InvalidCertificateException {
        try {
            byte[] text =
                    Base64.getDecoder().decode(secret.path("data").path(field).asText(""));
            return new String(text, StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            // Without its cause, which would tell of the text.
            throw new InvalidCertificateException("The field " + field + " of the Secret is not base 64.");
        }
    }

    private static ClusterAccess access(String tenantId, String clusterId, String namespace) {
        KubernetesCluster cluster = SheraConfiguration.get().cluster(clusterId);
        if (cluster == null) {
            throw Refusal.unknown("secret", Messages.SecretPair_cluster(clusterId), Messages.SecretPair_cluster_next());
        }
        if (tenantId.isEmpty()) {
            return ClusterLogin.ofPlatform(cluster);
        }
        Tenant tenant = SheraConfiguration.get().tenant(tenantId);
        if (tenant == null || !tenant.getClusters().contains(clusterId) || !tenant.owns(clusterId, namespace)) {
            throw Refusal.forbidden(
                    "secret",
                    Messages.SecretPair_notOwn(namespace, clusterId, tenantId),
                    Messages.SecretPair_notOwn_next());
        }
        return ClusterLogin.ofTenant(cluster, tenant);
    }
}
