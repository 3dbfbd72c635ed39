package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Where an application runs: cluster, namespace, policy and values (dev, staging, prod). */
public final class Environment extends AbstractDescribableImpl<Environment> {

    private final String name;
    private final String cluster;
    private final String namespace;
    private EnvironmentPolicy policy = new EnvironmentPolicy();
    private List<EnvironmentValue> values = new ArrayList<>();

    /** {@code cluster} is the id of a {@link KubernetesCluster}; the namespace must be the tenant's own. */
    @DataBoundConstructor
    public Environment(String name, String cluster, String namespace) {
        this.name = name;
        this.cluster = cluster;
        this.namespace = namespace;
    }

    public String getName() {
        return name;
    }

    public String getCluster() {
        return cluster;
    }

    public String getNamespace() {
        return namespace;
    }

    public EnvironmentPolicy getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(EnvironmentPolicy policy) {
        this.policy = policy == null ? new EnvironmentPolicy() : policy;
    }

    /** Values that differ from environment to environment; never secrets. */
    public List<EnvironmentValue> getValues() {
        return Collections.unmodifiableList(values);
    }

    @DataBoundSetter
    public void setValues(List<EnvironmentValue> values) {
        this.values = new ArrayList<>(Util.fixNull(values));
    }

    /** The values by name, in order. */
    public Map<String, String> valueMap() {
        Map<String, String> map = new LinkedHashMap<>();
        values.forEach(each -> map.put(each.getName(), each.getValue()));
        return map;
    }

    @Extension
    @Symbol("applicationEnvironment")
    public static final class DescriptorImpl extends Descriptor<Environment> {
        @Override
        public String getDisplayName() {
            return Messages.Environment_displayName();
        }
    }
}
