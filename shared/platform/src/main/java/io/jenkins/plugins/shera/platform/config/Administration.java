package io.jenkins.plugins.shera.platform.config;

import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;

/** Creates, changes and removes what is configured, by every rule there is. The caller has checked the permission. */
public final class Administration {

    private final SheraConfiguration configuration;
    private final ReferenceRules references;

    /** Works on Jenkins' own configuration. */
    public Administration(SheraConfiguration configuration) {
        this.configuration = configuration;
        this.references = new ReferenceRules(configuration);
    }

    /** Adds a tenant. */
    public Tenant create(Tenant tenant) throws IOException {
        check(tenant);
        return configuration.tenantStore().create(tenant);
    }

    /** Replaces a tenant that still has the expected version. */
    public Tenant update(Tenant tenant, OptionalLong expected) throws IOException {
        check(tenant);
        return configuration.tenantStore().replace(tenant, expected);
    }

    /** Removes a tenant that has no applications left. */
    public void removeTenant(String id, OptionalLong expected) throws IOException {
        int left = configuration.applicationsOf(id).size();
        if (left > 0) {
            throw Refusal.conflict(
                    id, Messages.Administration_hasApplications(left), Messages.Administration_hasApplications_next());
        }
        configuration.tenantStore().remove(id, expected);
    }

    private void check(Tenant tenant) {
        SyntaxRules.check(tenant);
        references.check(tenant);
        for (Application application : configuration.applicationsOf(tenant.getId())) {
            for (Environment environment : application.getEnvironments()) {
                if (!tenant.owns(environment.getCluster(), environment.getNamespace())) {
                    throw Refusal.conflict(
                            "namespaces",
                            Messages.Administration_namespaceUsed(
                                    environment.getNamespace(), environment.getCluster(), application.getName()),
                            Messages.Administration_namespaceUsed_next());
                }
            }
        }
    }

    /** Adds an application. */
    public Application create(Application application) throws IOException {
        check(application);
        Application created = configuration.applicationStore().create(application);
        tell(created, Messages.Administration_applicationCreated());
        return created;
    }

    /** Replaces an application that still has the expected version. */
    public Application update(Application application, OptionalLong expected) throws IOException {
        check(application);
        Application updated = configuration.applicationStore().replace(application, expected);
        tell(updated, Messages.Administration_applicationUpdated());
        return updated;
    }

    /** Removes an application's settings; its timeline stays as a record. */
    public void removeApplication(String tenant, String name, OptionalLong expected) throws IOException {
        configuration.applicationStore().remove(tenant + "/" + name, expected);
    }

    /** Changes only the environments of an application. */
    public Application updateEnvironments(
            Application old, OptionalLong expected, UnaryOperator<List<Environment>> change) throws IOException {
        Application copy = (Application) Jenkins.XSTREAM2.fromXML(Jenkins.XSTREAM2.toXML(old));
        copy.setEnvironments(change.apply(new ArrayList<>(old.getEnvironments())));
        return update(copy, expected.isPresent() ? expected : OptionalLong.of(old.getVersion()));
    }

    private void check(Application application) {
        SyntaxRules.check(application);
        references.check(application);
    }

    /** Adds a cluster. */
    public KubernetesCluster create(KubernetesCluster cluster) throws IOException {
        check(cluster);
        return configuration.clusterStore().create(cluster);
    }

    /** Replaces a cluster that still has the expected version. */
    public KubernetesCluster update(KubernetesCluster cluster, OptionalLong expected) throws IOException {
        check(cluster);
        return configuration.clusterStore().replace(cluster, expected);
    }

    /** Removes a cluster no tenant uses. */
    public void removeCluster(String id, OptionalLong expected) throws IOException {
        for (Tenant tenant : configuration.getTenants()) {
            if (tenant.getClusters().contains(id)) {
                throw Refusal.conflict(
                        id, Messages.Administration_used(tenant.getId()), Messages.Administration_used_next());
            }
        }
        configuration.clusterStore().remove(id, expected);
    }

    private void check(KubernetesCluster cluster) {
        SyntaxRules.check(cluster);
        references.check(cluster);
    }

    /** Adds a registry. */
    public ContainerRegistry create(ContainerRegistry registry) throws IOException {
        check(registry);
        return configuration.registryStore().create(registry);
    }

    /** Replaces a registry that still has the expected version. */
    public ContainerRegistry update(ContainerRegistry registry, OptionalLong expected) throws IOException {
        check(registry);
        return configuration.registryStore().replace(registry, expected);
    }

    /** Removes a registry no tenant uses. */
    public void removeRegistry(String id, OptionalLong expected) throws IOException {
        for (Tenant tenant : configuration.getTenants()) {
            if (tenant.getRegistries().contains(id)) {
                throw Refusal.conflict(
                        id, Messages.Administration_used(tenant.getId()), Messages.Administration_used_next());
            }
        }
        configuration.registryStore().remove(id, expected);
    }

    private void check(ContainerRegistry registry) {
        SyntaxRules.check(registry);
        references.check(registry);
    }

    private static void tell(Application application, String title) throws IOException {
        String actor = Jenkins.getAuthentication2().getName();
        Timelines.get().append(application, TimelineEntry.now(TimelineEntry.Kind.CONFIG, title, "", actor, ""));
    }
}
