package hudson.model;

import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;

/** Makes the permissions of {@link Item}. */
final class ItemPermissions {
    private ItemPermissions() {}

    static Permission of(String name, Permission impliedBy, PermissionScope scope) {
        return make(name, impliedBy, true, scope);
    }

    static Permission extendedRead() {
        return make(
                "ExtendedRead",
                Item.CONFIGURE,
                Boolean.getBoolean("hudson.security.ExtendedReadPermission"),
                PermissionScope.ITEM);
    }

    static Permission wipeout() {
        return make("WipeOut", null, Boolean.getBoolean("hudson.security.WipeOutPermission"), PermissionScope.ITEM);
    }

    private static Permission make(String name, Permission impliedBy, boolean enabled, PermissionScope scope) {
        PermissionGroup group = Item.PERMISSIONS;
        return new Permission(
                group, name, HarnessTexts.text("Item." + name), impliedBy, enabled, new PermissionScope[] {scope});
    }
}
