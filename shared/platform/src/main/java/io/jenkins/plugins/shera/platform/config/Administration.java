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
import org.jvnet.localizer.Localizable;

/** Creates, changes and removes what is configured, by every rule there is. The caller has checked the permission. */
public final class Administration {

    private final SheraConfiguration configuration;
    private final boolean checkOnly;
    private final ReferenceRules references;

    /** Works on Jenkins' own configuration. */
    public Administration(SheraConfiguration configuration) {
        this(configuration, false);
    }

    /** {@code checkOnly} asks every rule and stores nothing: for forms that answer while somebody types. */
    public Administration(SheraConfiguration configuration, boolean checkOnly) {
        this.configuration = configuration;
        this.checkOnly = checkOnly;
        this.references = new ReferenceRules(configuration);
    }

    /** Adds a tenant. */
    public Tenant create(Tenant tenant) throws IOException {
        check(tenant);
        return add(configuration.tenantStore(), tenant, "id");
    }

    /** Replaces a tenant that still has the expected version. */
    public Tenant update(Tenant tenant, OptionalLong expected) throws IOException {
        check(tenant);
        return replace(configuration.tenantStore(), tenant, expected);
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
        Application created = add(configuration.applicationStore(), application, "name");
        tell(created, Messages._Administration_applicationCreated());
        return created;
    }

    /** Replaces an application that still has the expected version. */
    public Application update(Application application, OptionalLong expected) throws IOException {
        check(application);
        Application updated = replace(configuration.applicationStore(), application, expected);
        tell(updated, Messages._Administration_applicationUpdated());
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
        return add(configuration.clusterStore(), cluster, "id");
    }

    /** Replaces a cluster that still has the expected version. */
    public KubernetesCluster update(KubernetesCluster cluster, OptionalLong expected) throws IOException {
        check(cluster);
        return replace(configuration.clusterStore(), cluster, expected);
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
        return add(configuration.registryStore(), registry, "id");
    }

    /** Replaces a registry that still has the expected version. */
    public ContainerRegistry update(ContainerRegistry registry, OptionalLong expected) throws IOException {
        check(registry);
        return replace(configuration.registryStore(), registry, expected);
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

    /** A taken name is refused at the field that holds it. */
    private <T extends Versioned<T>> T add(Store<T> store, T thing, String field) throws IOException {
        if (store.get(thing.storeKey()) != null) {
            throw Refusal.conflict(field, Messages.Store_exists(), Messages.Store_exists_next());
        }
        return checkOnly ? thing : store.create(thing);
    }

    private <T extends Versioned<T>> T replace(Store<T> store, T thing, OptionalLong expected) throws IOException {
        return checkOnly ? thing : store.replace(thing, expected);
    }

    private void tell(Application application, Localizable title) throws IOException {
        if (checkOnly) {
            return;
        }
        String actor = Jenkins.getAuthentication2().getName();
        Timelines.get().append(application, TimelineEntry.now(TimelineEntry.Kind.CONFIG, title, "", actor, ""));
    }
}
