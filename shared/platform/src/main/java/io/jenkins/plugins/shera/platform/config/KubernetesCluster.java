package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A Kubernetes cluster and how we log in to it: for the platform to look, for each tenant to act. */
public final class KubernetesCluster extends Versioned<KubernetesCluster> {

    private final String id;
    private String server;
    private String caCertificate;
    private String credentialsId;
    private boolean impersonation;
    private boolean insecure;
    private String debugImage;
    private List<TenantLogin> tenantAccess = new ArrayList<>();

    /** {@code id} is a DNS-1123 label and never changes. */
    @DataBoundConstructor
    public KubernetesCluster(String id) {
        this.id = id;
    }

    public String getId() {
        return id;
    }

    /** Address of the API server; empty when the credential is a kubeconfig that names it. */
    public String getServer() {
        return Util.fixNull(server);
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = server;
    }

    /** PEM of the authority that signed the server's certificate; empty means the JVM's own trust. */
    public String getCaCertificate() {
        return Util.fixNull(caCertificate);
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = caCertificate;
    }

    /** The platform's own credential, looked up at the top: a bearer token, a client certificate, or a kubeconfig file. */
    public String getCredentialsId() {
        return Util.fixNull(credentialsId);
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = credentialsId;
    }

    /** Whether a tenant without a credential of its own acts by impersonation through the platform's. */
    public boolean isImpersonation() {
        return impersonation;
    }

    @DataBoundSetter
    public void setImpersonation(boolean impersonation) {
        this.impersonation = impersonation;
    }

    /** Whether the administrator gave up TLS verification (and allows plain http) for this cluster alone. */
    public boolean isInsecure() {
        return insecure;
    }

    @DataBoundSetter
    public void setInsecure(boolean insecure) {
        this.insecure = insecure;
    }

    /** Image with tools and a shell for debug containers in other people's pods; empty means that there are none. */
    public String getDebugImage() {
        return Util.fixNull(debugImage);
    }

    @DataBoundSetter
    public void setDebugImage(String debugImage) {
        this.debugImage = debugImage;
    }

    /** The tenants' own ways in. */
    public List<TenantLogin> getTenantAccess() {
        return Collections.unmodifiableList(tenantAccess);
    }

    @DataBoundSetter
    public void setTenantAccess(List<TenantLogin> tenantAccess) {
        this.tenantAccess = new ArrayList<>(Util.fixNull(tenantAccess));
    }

    /** A tenant's own way in, if it has one. */
    public Optional<TenantLogin> loginOf(String tenant) {
        return tenantAccess.stream()
                .filter(each -> each.getTenant().equals(tenant))
                .findFirst();
    }

    @Override
    String storeKey() {
        return id;
    }

    @Extension
    @Symbol("kubernetesCluster")
    public static final class DescriptorImpl extends Descriptor<KubernetesCluster> {
        @Override
        public String getDisplayName() {
            return Messages.KubernetesCluster_displayName();
        }
    }
}
