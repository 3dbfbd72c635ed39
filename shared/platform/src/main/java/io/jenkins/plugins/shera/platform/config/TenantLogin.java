package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A tenant's own credential for a cluster, looked up in the tenant's folder. */
public final class TenantLogin extends AbstractDescribableImpl<TenantLogin> {

    private final String tenant;
    private final String credentialsId;

    /** {@code tenant} is the tenant's id. */
    @DataBoundConstructor
    public TenantLogin(String tenant, String credentialsId) {
        this.tenant = tenant;
        this.credentialsId = credentialsId;
    }

    public String getTenant() {
        return tenant;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @Extension
    @Symbol("tenantLogin")
    public static final class DescriptorImpl extends Descriptor<TenantLogin> {
        @Override
        public String getDisplayName() {
            return Messages.TenantLogin_displayName();
        }
    }
}
