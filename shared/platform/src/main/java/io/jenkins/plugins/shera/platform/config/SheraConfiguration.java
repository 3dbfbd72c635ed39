package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The root of everything that is configured; what configuration as code reads and writes under {@code unclassified: shera:}. */
@Extension
@Symbol("shera")
public class SheraConfiguration extends GlobalConfiguration {

    private final transient Path root = Jenkins.get().getRootDir().toPath().resolve("shera");
    private final transient Store<Tenant> tenants =
            new Store<>(root, Layout.TENANTS, Tenant.class, this, Trail.of("tenant", Tenant::getId));
    private final transient Store<Application> applications = new Store<>(
            root, Layout.APPLICATIONS, Application.class, this, Trail.of("application", Application::getTenant));
    private final transient Store<KubernetesCluster> clusters =
            new Store<>(root, Layout.CLUSTERS, KubernetesCluster.class, this, Trail.of("cluster", each -> ""));
    private final transient Store<ContainerRegistry> registries =
            new Store<>(root, Layout.REGISTRIES, ContainerRegistry.class, this, Trail.of("registry", each -> ""));

    /** Reads what is stored. */
    public SheraConfiguration() {
        load();
    }

    /** The one instance. */
    public static SheraConfiguration get() {
        return ExtensionList.lookupSingleton(SheraConfiguration.class);
    }

    /** Reads every file again. */
    @Override
    public final synchronized void load() {
        clusters.load();
        registries.load();
        tenants.load();
        applications.load();
    }

    /** Nothing: each thing is saved by itself. */
    @Override
    public synchronized void save() {
        // the four stores write their own files
    }

    /** The folder below which everything of SheRa lies. */
    public Path root() {
        return root;
    }

    /** The folder of an application, for what belongs to it beside its settings. */
    public Path folderOf(Application application) {
        return applications.fileOf(application.storeKey()).getParent();
    }

    public List<Tenant> getTenants() {
        return tenants.all();
    }

    @DataBoundSetter
    public void setTenants(List<Tenant> wanted) {
        replaceAll(tenants, wanted, SyntaxRules::check);
    }

    public List<Application> getApplications() {
        return applications.all();
    }

    @DataBoundSetter
    public void setApplications(List<Application> wanted) {
        replaceAll(applications, wanted, SyntaxRules::check);
    }

    public List<KubernetesCluster> getClusters() {
        return clusters.all();
    }

    @DataBoundSetter
    public void setClusters(List<KubernetesCluster> wanted) {
        replaceAll(clusters, wanted, SyntaxRules::check);
    }

    public List<ContainerRegistry> getRegistries() {
        return registries.all();
    }

    @DataBoundSetter
    public void setRegistries(List<ContainerRegistry> wanted) {
        replaceAll(registries, wanted, SyntaxRules::check);
    }

    /** The tenant of this id, or null. */
    public Tenant tenant(String id) {
        return tenants.get(id);
    }

    /** The application of this name, or null. */
    public Application application(String tenant, String name) {
        return applications.get(tenant + "/" + name);
    }

    /** The applications of one tenant. */
    public List<Application> applicationsOf(String tenant) {
        return applications.all().stream()
                .filter(each -> each.getTenant().equals(tenant))
                .toList();
    }

    /** The cluster of this id, or null. */
    public KubernetesCluster cluster(String id) {
        return clusters.get(id);
    }

    /** The registry of this id, or null. */
    public ContainerRegistry registry(String id) {
        return registries.get(id);
    }

    /** What is wrong with the stored files. */
    public List<Damage> damages() {
        List<Damage> all = new ArrayList<>(clusters.damages());
        all.addAll(registries.damages());
        all.addAll(tenants.damages());
        all.addAll(applications.damages());
        return all;
    }

    Store<Tenant> tenantStore() {
        return tenants;
    }

    Store<Application> applicationStore() {
        return applications;
    }

    Store<KubernetesCluster> clusterStore() {
        return clusters;
    }

    Store<ContainerRegistry> registryStore() {
        return registries;
    }

    /** Makes the stored things be exactly these; checked as a whole before the first is written. */
    private static <T extends Versioned<T>> void replaceAll(Store<T> store, List<T> wanted, Consumer<T> rules) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        Set<String> keys = new HashSet<>();
        for (T thing : wanted) {
            rules.accept(thing);
            if (!keys.add(thing.storeKey())) {
                throw Refusal.input(thing.storeKey(), Messages.Store_twice(), Messages.Store_twice_next());
            }
        }
        try {
            for (T thing : wanted) {
                store.put(thing);
            }
            for (T old : store.all()) {
                if (!keys.contains(old.storeKey())) {
                    store.remove(old.storeKey(), OptionalLong.empty());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
