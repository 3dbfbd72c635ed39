package hudson.security;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** A user lacks a permission. */
public class AccessDeniedException3 extends AccessDeniedException {
    private static final long serialVersionUID = 1L;

    /** Who was refused. */
    public final transient Authentication authentication;

    /** What was asked for. */
    public final transient Permission permission;

    public AccessDeniedException3(Authentication authentication, Permission permission) {
        this(null, authentication, permission);
    }

    public AccessDeniedException3(Throwable t, Authentication authentication, Permission permission) {
        super(
                authentication.getName() + " is missing the " + permission.group.title + "/" + permission.name
                        + " permission",
                t);
        this.authentication = authentication;
        this.permission = permission;
    }
}
