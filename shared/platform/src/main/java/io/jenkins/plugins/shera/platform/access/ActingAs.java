package io.jenkins.plugins.shera.platform.access;

import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Refusal;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Turns the name of an identity that a step saved back into the identity, after a restart too. */
public final class ActingAs {

    private ActingAs() {}

    /**
     * The identity of this name.
     *
     * @throws Refusal if the user is gone meanwhile
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
            throw Refusal.forbidden(name, Messages.ActingAs_gone(), Messages.ActingAs_gone_next());
        }
    }
}
