package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.model.User;
import hudson.security.ACL;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** The identity in whose name a rollout goes on. */
final class RolloutIdentity {

    private RolloutIdentity() {}

    /**
     * The identity of this name.
     *
     * @throws IllegalArgumentException if the user is gone meanwhile; somebody else then has to say how to go on
     */
    static Authentication of(String name) {
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
                    "The user " + name + ", in whose name this rollout goes on, is gone. Traffic stays as it is.", e);
        }
    }
}
