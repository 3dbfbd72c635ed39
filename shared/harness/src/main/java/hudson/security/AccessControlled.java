package hudson.security;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Something whose use an {@link ACL} guards. */
public interface AccessControlled {
    /** Who may do what. */
    ACL getACL();

    /** Fails unless the current user has the permission. */
    default void checkPermission(Permission permission) throws AccessDeniedException {
        getACL().checkPermission(permission);
    }

    /** Fails unless the current user has one of the permissions. */
    default void checkAnyPermission(Permission... permission) throws AccessDeniedException {
        getACL().checkAnyPermission(permission);
    }

    /** Whether the current user has the permission. */
    default boolean hasPermission(Permission permission) {
        return getACL().hasPermission(permission);
    }

    /** Whether the current user has one of the permissions. */
    default boolean hasAnyPermission(Permission... permission) {
        return getACL().hasAnyPermission(permission);
    }

    /** Whether the given user has the permission. */
    default boolean hasPermission2(Authentication a, Permission permission) {
        return getACL().hasPermission2(a, permission);
    }
}
