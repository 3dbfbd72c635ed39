package io.jenkins.plugins.shera.platform.neighbours;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a cloud of the Kubernetes plugin knows of its cluster; no secret, the credential is an id. */
@ExportedBean(defaultVisibility = 999)
public final class CloudFacts {
    private final String name;
    private final String server;
    private final String caCertificate;
    private final String credentialsId;
    private final boolean insecure;

    CloudFacts(String name, String server, String caCertificate, String credentialsId, boolean insecure) {
        this.name = name;
        this.server = server;
        this.caCertificate = caCertificate;
        this.credentialsId = credentialsId;
        this.insecure = insecure;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** Address of the API server, never empty. */
    @Exported
    public String getServer() {
        return server;
    }

    /** PEM; empty for the JVM's own trust. */
    @Exported
    public String getCaCertificate() {
        return caCertificate;
    }

    @Exported
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Whether the cloud gave up the verification of TLS. */
    @Exported
    public boolean isInsecure() {
        return insecure;
    }
}
