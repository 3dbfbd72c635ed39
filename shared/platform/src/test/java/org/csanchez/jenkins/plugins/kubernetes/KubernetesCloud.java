package org.csanchez.jenkins.plugins.kubernetes;

import hudson.slaves.Cloud;

/**
 * Stands in for the class of the Kubernetes plugin, which is not on Maven Central: the getters that SheRa reads, with the
 * signatures of its version 4423.vb_59f230b_ce53.
 */
public class KubernetesCloud extends Cloud {
    private final String serverUrl;
    private final String serverCertificate;
    private final String credentialsId;

    public KubernetesCloud(String name, String serverUrl, String serverCertificate, String credentialsId) {
        super(name);
        this.serverUrl = serverUrl;
        this.serverCertificate = serverCertificate;
        this.credentialsId = credentialsId;
    }

    public String getServerUrl() {
        return serverUrl;
    }

    public String getServerCertificate() {
        return serverCertificate;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public boolean isSkipTlsVerify() {
        return false;
    }
}
