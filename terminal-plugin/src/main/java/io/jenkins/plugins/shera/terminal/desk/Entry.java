package io.jenkins.plugins.shera.terminal.desk;

import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.access.Starter;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.terminal.files.ContainerFiles;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.springframework.security.core.Authentication;

/**
 * A caller's way into the containers of one environment of an application, already permitted: with the tenant's identity in the
 * cluster, the rules of the environment, and a hand that writes down what is done.
 */
public final class Entry {
    private static final Logger LOGGER = Logger.getLogger(Entry.class.getName());

    private final Tenant tenant;
    private final Application application;
    private final Environment environment;
    private final Run<?, ?> run;
    private final String user;

    private Entry(Tenant tenant, Application application, Environment environment, Run<?, ?> run) {
        this.tenant = tenant;
        this.application = application;
        this.environment = environment;
        this.run = run;
        this.user = run == null ? Jenkins.getAuthentication2().getName() : Starter.of(run);
    }

    /**
     * Of the calling person, never SYSTEM, who has what the environment demands of those it lets in.
     *
     * @param what kind and verb of the line in the audit trail that tells of a refusal
     * @throws Refusal if the caller may not, or if there is no such application and environment
     */
    static Entry ofCaller(
            String tenant, String application, String environment, String pod, Permission permission, String what) {
        Entry entry = ofViewer(tenant, application, environment, pod, permission, what);
        entry.checkPass(what, pod);
        return entry;
    }

    /**
     * Of the calling person, never SYSTEM, to look from outside: nothing but the permission is asked for.
     *
     * @param what kind and verb of the line in the audit trail that tells of a refusal
     * @throws Refusal if the caller may not, or if there is no such application and environment
     */
    static Entry ofViewer(
            String tenant, String application, String environment, String pod, Permission permission, String what) {
        Tenant of = SheraConfiguration.get().tenant(tenant);
        Authentication caller = Jenkins.getAuthentication2();
        if (of == null || ACL.SYSTEM2.equals(caller) || !TenantFolder.allows(of, caller, permission)) {
            Refusal no = Refusal.forbidden(
                    "tenant " + tenant,
                    Messages.PackageDesk_permission(permission.name),
                    Messages.PackageDesk_permission_next());
            AuditLine.of(what, application + "/" + environment + "/" + pod)
                    .tenant(of == null ? "" : tenant)
                    .refused(no.getMessage());
            throw no;
        }
        Application found = SheraConfiguration.get().application(tenant, application);
        if (found == null || found.environment(environment).isEmpty()) {
            throw Refusal.unknown(
                    application + "/" + environment,
                    Messages.PackageDesk_unknown(tenant),
                    Messages.PackageDesk_unknown_next());
        }
        return new Entry(of, found, found.environment(environment).get(), null);
    }

    /** Refuses who has not given the reason, or found the second person, that the environment demands. */
    void checkPass(String what, String pod) {
        try {
            Passes.get().check(tenant.getId(), application.getName(), environment, user);
        } catch (Refusal no) {
            line(what, pod).refused(no.getMessage());
            throw no;
        }
    }

    /**
     * Of a build, by the user it acts as; one that acts as SYSTEM only where the environment's policy lets builds in. Ask again
     * whenever the right may be another by now.
     *
     * @param tenant id, or empty for that of the folder
     * @param environment name, or empty for the only one
     * @throws Refusal if the build may not, or if what is named is not there
     */
    public static Entry ofBuild(
            Run<?, ?> run, String tenant, String application, String environment, Set<Permission> permissions) {
        TenantContext context = TenantContext.forRun(run, tenant, SheraPermissions.VIEW);
        Application found = context.application(application);
        List<Environment> all = found.getEnvironments();
        if (environment.isEmpty() && all.size() != 1) {
            throw Refusal.input("environment", Messages.Entry_which(all.size()), Messages.Entry_which_next());
        }
        Environment chosen =
                context.environment(found, environment.isEmpty() ? all.get(0).getName() : environment);
        permissions.forEach(each -> context.checkEntry(chosen, each));
        Passes.get().check(context.tenant().getId(), found.getName(), chosen, context.actor());
        return new Entry(context.tenant(), found, chosen, run);
    }

    /** Connects as the tenant; the namespace must be its own. */
    ClusterClient connect() {
        KubernetesCluster known = SheraConfiguration.get().cluster(environment.getCluster());
        if (known == null || !tenant.owns(environment.getCluster(), environment.getNamespace())) {
            throw Refusal.forbidden(
                    environment.getName(),
                    Messages.PackageDesk_namespace(environment.getNamespace(), environment.getCluster()),
                    Messages.PackageDesk_namespace_next());
        }
        return ClusterClient.open(ClusterLogin.ofTenant(known, tenant), TimeLimits.STANDARD);
    }

    /** What runs the containers of what stands for a pod; the cluster for an empty name. */
    Host host(String pod) {
        if (EngineDoor.isEngine(pod)) {
            return new EngineHost(EngineDoor.open(tenant, application, environment, pod));
        }
        return new ClusterHost(connect(), environment.getCluster(), environment.getNamespace(), application.getName());
    }

    /** Refuses a container that the environment's policy does not list. */
    void checkContainer(String container) {
        if (!environment.getPolicy().getTerminal().allows(container)) {
            throw Refusal.forbidden(
                    ContainerFiles.shown(container),
                    Messages.Entry_container(environment.getName()),
                    Messages.Entry_container_next());
        }
    }

    /** A line of the audit trail about something in a pod. */
    AuditLine line(String what, String pod) {
        AuditLine line = AuditLine.of(what, application.getName() + "/" + environment.getName() + "/" + pod)
                .tenant(tenant.getId());
        return run == null ? line : line.from(run);
    }

    /** Writes to the application's timeline; that it cannot be written undoes nothing. */
    public void tell(TimelineEntry.Kind kind, Localizable title, String detail) {
        tell(kind, title, detail, List.of());
    }

    /** The same with ways to more. */
    void tell(TimelineEntry.Kind kind, Localizable title, String detail, List<TimelineEntry.Link> links) {
        TimelineEntry entry = TimelineEntry.now(kind, title, detail, user, environment.getName());
        for (TimelineEntry.Link link : links) {
            entry = entry.linked(link.text(), link.url());
        }
        try {
            Timelines.get()
                    .append(
                            application,
                            run == null ? entry : entry.linked(run.getFullDisplayName(), "/" + run.getUrl()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + application.getName(), e);
        }
    }

    Tenant tenant() {
        return tenant;
    }

    /** Where to. */
    public Application application() {
        return application;
    }

    /** Where to. */
    public Environment environment() {
        return environment;
    }

    /** Id of the person, or of who started the build. */
    public String user() {
        return user;
    }
}
