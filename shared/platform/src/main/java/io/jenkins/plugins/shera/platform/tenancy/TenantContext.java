package io.jenkins.plugins.shera.platform.tenancy;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.access.Starter;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * What a build may do for which tenant. Made once when a step starts, on the step's thread; not saved with it: save the ids
 * and ask again after a restart. A {@link Refusal} says what to do about a no.
 */
public final class TenantContext {

    private static final Set<Permission> PEOPLE_ONLY =
            Set.of(SheraPermissions.PROMOTE, SheraPermissions.TERMINAL, SheraPermissions.PACKAGE);

    private final Tenant tenant;
    private final Authentication actor;
    private final String starter;

    private TenantContext(Tenant tenant, Authentication actor, String starter) {
        this.tenant = tenant;
        this.actor = actor;
        this.starter = starter;
    }

    /**
     * The tenant a build may act for: the one whose folder contains its job, unless {@code requestedTenant} names another that
     * granted the job's path. A build that runs as SYSTEM acts by the right of its folder, yet never satisfies
     * Promote, Terminal or Package.
     *
     * @param requestedTenant a tenant's id, or null or empty for the folder's own
     */
    public static TenantContext forRun(Run<?, ?> run, String requestedTenant, Permission permission) {
        Authentication acting = Jenkins.getAuthentication2();
        return forJob(run.getParent().getFullName(), requestedTenant, permission, acting, Starter.of(run, acting));
    }

    static TenantContext forJob(String job, String requestedTenant, Permission permission, Authentication actor) {
        return forJob(job, requestedTenant, permission, actor, actor.getName());
    }

    private static TenantContext forJob(
            String job, String requestedTenant, Permission permission, Authentication actor, String starter) {
        Tenant tenant = tenantOf(job, requestedTenant == null ? "" : requestedTenant);
        TenantContext context = new TenantContext(tenant, actor, starter);
        context.check(permission);
        return context;
    }

    private static Tenant tenantOf(String job, String requested) {
        SheraConfiguration configuration = SheraConfiguration.get();
        Tenant own = configuration.getTenants().stream()
                .filter(each -> TenantFolder.contains(each.getFolder(), job))
                .findFirst()
                .orElse(null);
        if (requested.isEmpty()) {
            if (own == null) {
                throw Refusal.forbidden(job, Messages.TenantContext_noTenant(), Messages.TenantContext_noTenant_next());
            }
            return own;
        }
        if (own != null && own.getId().equals(requested)) {
            return own;
        }
        Tenant other = configuration.tenant(requested);
        if (other == null || !other.getGrantedJobs().contains(job)) {
            // The same words for both: who may not act for a tenant does not learn whether it exists.
            throw Refusal.forbidden(
                    "tenant " + requested,
                    Messages.TenantContext_notGranted(job),
                    Messages.TenantContext_notGranted_next());
        }
        return other;
    }

    /** Refuses unless the build's identity has one more permission for the tenant. */
    public void check(Permission permission) {
        if (actsAsSystem()) {
            if (PEOPLE_ONLY.contains(permission)) {
                throw Refusal.forbidden(
                        "tenant " + tenant.getId(),
                        Messages.TenantContext_system(permission.name),
                        Messages.TenantContext_system_next());
            }
        } else if (!TenantFolder.allows(tenant, actor, permission)) {
            throw Refusal.forbidden(
                    "tenant " + tenant.getId(),
                    Messages.TenantContext_permission(actor.getName(), permission.name),
                    Messages.TenantContext_permission_next(permission.name, tenant.getFolder()));
        }
    }

    /** Refuses unless a person with Promote overrides a rule; SYSTEM never does. */
    public void checkOverride() {
        check(SheraPermissions.PROMOTE);
    }

    /** Refuses a deployment the environment's policy wants promoted by a person. */
    public void checkDeploy(Environment environment) {
        check(environment.getPolicy().isRequirePromote() ? SheraPermissions.PROMOTE : SheraPermissions.DEPLOY);
    }

    /**
     * Refuses to let the build into an environment's containers: a person needs the permission; a build that acts as SYSTEM
     * gets in, by the right of its folder, only where the environment's policy lets builds in.
     */
    public void checkEntry(Environment environment, Permission permission) {
        if (actsAsSystem() && !environment.getPolicy().getTerminal().isBuilds()) {
            throw Refusal.forbidden(
                    "environment " + environment.getName(),
                    Messages.TenantContext_builds(environment.getName()),
                    Messages.TenantContext_builds_next());
        }
        if (!actsAsSystem()) {
            check(permission);
        }
    }

    private boolean actsAsSystem() {
        return ACL.SYSTEM2.equals(actor);
    }

    public Tenant tenant() {
        return tenant;
    }

    /** The id of the user the build acts as; {@code SYSTEM} when nobody. */
    public String actor() {
        return actor.getName();
    }

    /** For the timeline: the user the build acts as or, while it acts as SYSTEM, who started it; see {@link Starter}. */
    public String starter() {
        return starter;
    }

    /** An application of the tenant. */
    public Application application(String name) {
        Application application = SheraConfiguration.get().application(tenant.getId(), name);
        if (application == null) {
            throw Refusal.unknown(
                    "application " + name,
                    Messages.TenantContext_application(tenant.getId()),
                    Messages.TenantContext_application_next());
        }
        return application;
    }

    /** An environment of an application of the tenant, whose namespace still is the tenant's own. */
    public Environment environment(Application application, String name) {
        Environment environment = application
                .environment(name)
                .orElseThrow(() -> Refusal.unknown(
                        "environment " + name,
                        Messages.TenantContext_environment(application.getName()),
                        Messages.TenantContext_environment_next()));
        if (!tenant.owns(environment.getCluster(), environment.getNamespace())) {
            throw Refusal.forbidden(
                    "environment " + name,
                    Messages.ReferenceRules_notOwn(
                            environment.getNamespace(), environment.getCluster(), tenant.getId()),
                    Messages.ReferenceRules_notOwn_next());
        }
        return environment;
    }

    /** A cluster the tenant may use. */
    public KubernetesCluster cluster(String id) {
        KubernetesCluster cluster = SheraConfiguration.get().cluster(id);
        if (cluster == null || !tenant.getClusters().contains(id)) {
            throw Refusal.unknown(
                    "cluster " + id,
                    Messages.TenantContext_cluster(tenant.getId()),
                    Messages.TenantContext_cluster_next());
        }
        return cluster;
    }

    /** A registry the tenant may use. */
    public ContainerRegistry registry(String id) {
        ContainerRegistry registry = SheraConfiguration.get().registry(id);
        if (registry == null || !tenant.getRegistries().contains(id)) {
            throw Refusal.unknown(
                    "registry " + id,
                    Messages.TenantContext_registry(tenant.getId()),
                    Messages.TenantContext_registry_next());
        }
        return registry;
    }

    /** A credential as the tenant's folder sees it. */
    public <C extends StandardCredentials> C credentials(Class<C> type, String id) {
        return CredentialLookup.inFolder(tenant, type, id);
    }

    /** The tenant's identity at a cluster it may use. */
    public ClusterAccess access(KubernetesCluster cluster) {
        return ClusterLogin.ofTenant(cluster, tenant);
    }
}
