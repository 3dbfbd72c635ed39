package org.jenkinsci.plugins.matrixauth;

import hudson.model.Describable;
import hudson.security.Permission;
import java.util.Map;
import java.util.Set;

/** Something with a matrix of users and permissions. */
public interface AuthorizationContainer<T extends Describable<T>> extends Describable<T> {
    /** Grants the permission to the user or group. */
    void add(Permission p, PermissionEntry entry);

    /** What is granted. */
    Map<Permission, Set<PermissionEntry>> getGrantedPermissionEntries();

    Set<String> getGroups();

    /** Grants the permission to a user or group of the name. */
    @Deprecated
    default void add(Permission p, String sid) {
        add(p, new PermissionEntry(AuthorizationType.EITHER, sid));
    }
}
