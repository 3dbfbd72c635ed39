package org.jenkinsci.remoting;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Decides which roles this side has. */
public abstract class RoleChecker {
    /** Fails unless this side has one of the roles. */
    public abstract void check(RoleSensitive subject, Collection<Role> expected) throws SecurityException;

    public void check(RoleSensitive subject, Role... expected) throws SecurityException {
        check(subject, Arrays.asList(expected));
    }

    public void check(RoleSensitive subject, Role expected) throws SecurityException {
        check(subject, List.of(expected));
    }
}
