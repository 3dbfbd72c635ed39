package io.jenkins.plugins.shera.platform.config;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The folder a tenant is bound to: its ACL is the tenant's, and what lies in it is the tenant's. */
public final class TenantFolder {

    private TenantFolder() {}

    /** The folder, or null while the tenant is bound to none or it does not exist. */
    public static Item of(Tenant tenant) {
        if (tenant.getFolder().isEmpty()) {
            return null;
        }
        // Whoever asks: that the folder exists must not depend on who may see it.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Item item = Jenkins.get().getItemByFullName(tenant.getFolder());
            return item instanceof ItemGroup ? item : null;
        }
    }

    /** Whether this user has a permission for the tenant; without a folder only who may administer SheRa has. */
    public static boolean allows(Tenant tenant, Authentication who, Permission permission) {
        Item folder = of(tenant);
        return folder != null
                ? folder.getACL().hasPermission2(who, permission)
                : Jenkins.get().getACL().hasPermission2(who, SheraPermissions.ADMINISTER);
    }

    /** Whether the caller has a permission for the tenant. */
    public static boolean allows(Tenant tenant, Permission permission) {
        return allows(tenant, Jenkins.getAuthentication2(), permission);
    }

    /** Whether {@code fullName} is the folder or lies in it. */
    public static boolean contains(String folder, String fullName) {
        return !folder.isEmpty() && (fullName.equals(folder) || fullName.startsWith(folder + "/"));
    }
}
