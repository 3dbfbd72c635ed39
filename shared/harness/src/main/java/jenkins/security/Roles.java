package jenkins.security;

import org.jenkinsci.remoting.Role;

/** The roles of Jenkins. */
public class Roles {
    public static final Role MASTER = new Role("master");
    public static final Role SLAVE = new Role("slave");

    private Roles() {}
}
