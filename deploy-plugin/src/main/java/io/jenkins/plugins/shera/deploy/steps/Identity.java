package io.jenkins.plugins.shera.deploy.steps;

import hudson.model.User;
import hudson.security.ACL;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Turns the saved name of who asked back into an identity, after a restart too. */
public final class Identity {

    private Identity() {}

    /**
     * The identity of this name.
     *
     * @throws IllegalArgumentException if the user is gone meanwhile
     */
    public static Authentication of(String name) {
        if (ACL.SYSTEM_USERNAME.equals(name)) {
            return ACL.SYSTEM2;
        }
        if (ACL.ANONYMOUS_USERNAME.equals(name)) {
            return Jenkins.ANONYMOUS2;
        }
        try {
            return User.getById(name, true).impersonate2();
        } catch (UsernameNotFoundException e) {
            throw new IllegalArgumentException(
                    "The user " + name + ", in whose name this build deploys, is gone. Start it again as another.", e);
        }
    }
}
