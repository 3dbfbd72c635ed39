package hudson.security;

import hudson.model.ItemGroup;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.User;
import java.util.Arrays;
import java.util.function.BiFunction;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** Says who has which permission on one object. */
public abstract class ACL {
    /** The name of whoever has not logged in. */
    public static final String ANONYMOUS_USERNAME = "anonymous";
    /** The name of Jenkins itself. */
    public static final String SYSTEM_USERNAME = "SYSTEM";
    /** Jenkins itself, which may do everything. */
    public static final Authentication SYSTEM2 = new SystemToken();

    /** Fails unless the current user has the permission. */
    public final void checkPermission(Permission p) {
        Authentication a = Jenkins.getAuthentication2();
        if (!hasPermissionFor(a, p)) {
            Permission asked = p;
            while (!asked.enabled && asked.impliedBy != null) {
                asked = asked.impliedBy;
            }
            throw new AccessDeniedException3(a, asked);
        }
    }

    /** Fails unless the current user has one of the permissions. */
    public final void checkAnyPermission(Permission... permissions) {
        if (permissions.length == 0) {
            throw new IllegalArgumentException("At least one permission must be provided");
        }
        if (!hasAnyPermission(permissions)) {
            throw new AccessDeniedException(Jenkins.getAuthentication2().getName() + " is missing a permission, one of "
                    + Arrays.stream(permissions)
                            .map(p -> p.group.title + "/" + p.name)
                            .sorted()
                            .toList() + " is required");
        }
    }

    /** Whether the current user has the permission. */
    public final boolean hasPermission(Permission p) {
        return hasPermissionFor(Jenkins.getAuthentication2(), p);
    }

    /** Whether the current user has one of the permissions. */
    public final boolean hasAnyPermission(Permission... permissions) {
        for (Permission p : permissions) {
            if (hasPermission(p)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasPermissionFor(Authentication a, Permission p) {
        return a.equals(SYSTEM2) || hasPermission2(a, p);
    }

    /** Whether the given user has the permission. */
    public boolean hasPermission2(Authentication a, Permission permission) {
        throw new AbstractMethodError(getClass() + " lacks hasPermission2");
    }

    /** Whether the user may create items of the kind in the group. */
    public boolean hasCreatePermission2(Authentication a, ItemGroup c, TopLevelItemDescriptor d) {
        return true;
    }

    /** Fails unless the current user may create items of the kind in the group. */
    public final void checkCreatePermission(ItemGroup c, TopLevelItemDescriptor d) {
        Authentication a = Jenkins.getAuthentication2();
        if (!a.equals(SYSTEM2) && !hasCreatePermission2(a, c, d)) {
            throw new AccessDeniedException(a.getName() + " may not create " + d.getDisplayName() + " here");
        }
    }

    /** An ACL made of a function. */
    public static ACL lambda2(BiFunction<Authentication, Permission, Boolean> impl) {
        return new FunctionACL(impl);
    }

    /** Whether nobody has logged in. */
    public static boolean isAnonymous2(Authentication authentication) {
        return authentication instanceof AnonymousAuthenticationToken;
    }

    /** Acts as the given user from now on; prefer {@link #as2}. */
    public static SecurityContext impersonate2(Authentication auth) {
        SecurityContext old = SecurityContextHolder.getContext();
        SecurityContextHolder.setContext(new SecurityContextImpl(auth));
        return old;
    }

    /** Acts as the given user until the context is closed. */
    public static ACLContext as2(Authentication auth) {
        return new ACLContext(impersonate2(auth));
    }

    /** Acts as the given user, or nobody for null, until the context is closed. */
    public static ACLContext as(User user) {
        return as2(user == null ? Jenkins.ANONYMOUS2 : user.impersonate2());
    }
}
