package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A container registry: the address we push to, and the address clusters pull from where that differs. */
public final class ContainerRegistry extends Versioned<ContainerRegistry> {

    private final String id;
    private final String address;
    private String pullAddress;
    private String credentialsId;
    private boolean insecure;
    private String caCertificate;

    /** {@code id} is a DNS-1123 label, {@code address} a {@code host[:port]}. */
    @DataBoundConstructor
    public ContainerRegistry(String id, String address) {
        this.id = id;
        this.address = address;
    }

    public String getId() {
        return id;
    }

    /** Where we push. */
    public String getAddress() {
        return address;
    }

    /** Where clusters pull, as it was configured; empty means the push address. */
    public String getPullAddress() {
        return Util.fixNull(pullAddress);
    }

    @DataBoundSetter
    public void setPullAddress(String pullAddress) {
        this.pullAddress = pullAddress;
    }

    /** Where clusters really pull. */
    public String pullFrom() {
        return getPullAddress().isEmpty() ? address : getPullAddress();
    }

    /** Username and password, looked up first in the tenant's folder, then at the top; empty means anonymous. */
    public String getCredentialsId() {
        return Util.fixNull(credentialsId);
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = credentialsId;
    }

    /** Whether it speaks plain http. */
    public boolean isInsecure() {
        return insecure;
    }

    @DataBoundSetter
    public void setInsecure(boolean insecure) {
        this.insecure = insecure;
    }

    /** PEM of the authority that signed its certificate; empty means the JVM's own trust. */
    public String getCaCertificate() {
        return Util.fixNull(caCertificate);
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = caCertificate;
    }

    @Override
    String storeKey() {
        return id;
    }

    @Extension
    @Symbol("containerRegistry")
    public static final class DescriptorImpl extends Descriptor<ContainerRegistry> {
        @Override
        public String getDisplayName() {
            return Messages.ContainerRegistry_displayName();
        }
    }
}
