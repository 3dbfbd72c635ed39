package io.jenkins.plugins.shera.platform.connection;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** As whom we speak to a cluster: as the platform to look, as a tenant to act. */
public final class ClusterLogin {

    private static final int LARGEST_KUBECONFIG = 1 << 20;

    private ClusterLogin() {}

    /** The platform's own identity, by the cluster's credential of Jenkins itself. */
    public static ClusterAccess ofPlatform(KubernetesCluster cluster) {
        return access(
                cluster,
                cluster.getCredentialsId().isEmpty()
                        ? null
                        : CredentialLookup.atTop(StandardCredentials.class, cluster.getCredentialsId()));
    }

    /**
     * A tenant's identity: its own credential for the cluster, or the platform's impersonating the user
     * {@code shera:tenant:<id>} in the group {@code shera:tenants}; with neither, a refusal. Never the platform's own rights.
     */
    public static ClusterAccess ofTenant(KubernetesCluster cluster, Tenant tenant) {
        Optional<TenantLogin> own = cluster.loginOf(tenant.getId());
        if (own.isPresent()) {
            return access(
                    cluster,
                    CredentialLookup.inFolder(
                            tenant, StandardCredentials.class, own.get().getCredentialsId()));
        }
        if (cluster.isImpersonation()) {
            return ofPlatform(cluster).impersonating("shera:tenant:" + tenant.getId(), List.of("shera:tenants"));
        }
        throw Refusal.forbidden(
                "cluster " + cluster.getId(),
                Messages.ClusterLogin_none(tenant.getId()),
                Messages.ClusterLogin_none_next());
    }

    private static ClusterAccess access(KubernetesCluster cluster, StandardCredentials credentials) {
        String where = "cluster " + cluster.getId();
        try {
            if (credentials instanceof FileCredentials file) {
                return Kubeconfig.parse(text(file), null, cluster.isInsecure());
            }
            ClusterAccess.Draft draft = ClusterAccess.at(cluster.getServer())
                    .trusting(cluster.getCaCertificate())
                    .declaredInsecure(cluster.isInsecure());
            if (credentials instanceof StringCredentials token) {
                draft.withToken(token.getSecret().getPlainText());
            } else if (credentials instanceof StandardCertificateCredentials certificate) {
                PemPair pair = PemPair.of(certificate);
                draft.withCertificate(pair.certificates(), pair.key());
            } else if (credentials != null) {
                throw Refusal.input(
                        where, Messages.ClusterLogin_kind(credentials.getId()), Messages.ClusterLogin_kind_next());
            }
            return draft.done();
        } catch (IllegalArgumentException | IOException e) {
            throw Refusal.input(where, String.valueOf(e.getMessage()), Messages.ClusterLogin_read_next());
        }
    }

    private static String text(FileCredentials file) throws IOException {
        try (InputStream content = file.getContent()) {
            return new String(content.readNBytes(LARGEST_KUBECONFIG), StandardCharsets.UTF_8);
        }
    }
}
