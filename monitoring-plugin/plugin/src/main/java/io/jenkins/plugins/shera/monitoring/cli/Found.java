package io.jenkins.plugins.shera.monitoring.cli;

import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;

/** What a command names, found for who may see it. */
final class Found {
    private Found() {}

    /** The tenant; the same words whether it is unknown or hidden. */
    static Tenant tenant(String id, Permission permission) {
        Tenant tenant = SheraConfiguration.get().tenant(id);
        if (tenant == null || !TenantFolder.allows(tenant, permission)) {
            throw Refusal.forbidden(
                    "tenant " + id, Messages.Found_permission(permission.name), Messages.Found_permission_next());
        }
        return tenant;
    }

    /** An application of it; null for an empty name. */
    static Application application(Tenant tenant, String name) {
        if (name.isEmpty()) {
            return null;
        }
        Application application = SheraConfiguration.get().application(tenant.getId(), name);
        if (application == null) {
            throw Refusal.unknown(
                    "application " + name, Messages.Found_application(tenant.getId()), Messages.Found_next());
        }
        return application;
    }

    /** An environment of it; null for an empty name. */
    static Environment environment(Tenant tenant, Application application, String name) {
        if (name.isEmpty()) {
            return null;
        }
        return application
                .environment(name)
                .filter(each -> tenant.owns(each.getCluster(), each.getNamespace()))
                .orElseThrow(() -> Refusal.unknown(
                        "environment " + name,
                        Messages.Found_environment(application.getName()),
                        Messages.Found_next()));
    }
}
