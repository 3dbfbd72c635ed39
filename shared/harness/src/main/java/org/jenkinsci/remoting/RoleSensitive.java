package org.jenkinsci.remoting;

/** Says which roles may run it. */
public interface RoleSensitive {
    /** Asks the checker for the roles needed. */
    void checkRoles(RoleChecker checker) throws SecurityException;
}
