package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A namespace of a cluster that belongs to a tenant. */
public final class TenantNamespace extends AbstractDescribableImpl<TenantNamespace> {

    private final String cluster;
    private final String namespace;

    /** {@code cluster} is the id of a {@link KubernetesCluster}. */
    @DataBoundConstructor
    public TenantNamespace(String cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    public String getCluster() {
        return cluster;
    }

    public String getNamespace() {
        return namespace;
    }

    @Extension
    @Symbol("tenantNamespace")
    public static final class DescriptorImpl extends Descriptor<TenantNamespace> {
        @Override
        public String getDisplayName() {
            return Messages.TenantNamespace_displayName();
        }
    }
}
