package hudson.security;

import hudson.DescriptorExtensionList;
import hudson.ExtensionPoint;
import hudson.model.AbstractItem;
import hudson.model.Computer;
import hudson.model.Descriptor;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.User;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerAccessibleType;

/** Decides who may do what. */
@StaplerAccessibleType
public abstract class AuthorizationStrategy implements hudson.model.Describable<AuthorizationStrategy>, ExtensionPoint {
    /** Anyone may do anything. */
    public static final AuthorizationStrategy UNSECURED = new Unsecured();

    /** The rights on Jenkins itself. */
    public abstract ACL getRootACL();

    /** The rights on a job. */
    public ACL getACL(Job<?, ?> project) {
        return getACL((AbstractItem) project);
    }

    /** The rights on an item. */
    public ACL getACL(AbstractItem item) {
        return getRootACL();
    }

    /** The rights on a user. */
    public ACL getACL(User user) {
        return getRootACL();
    }

    /** The rights on a computer. */
    public ACL getACL(Computer computer) {
        return getRootACL();
    }

    /** The rights on a node. */
    public ACL getACL(Node node) {
        return getRootACL();
    }

    /** The groups named in the rules. */
    public abstract Collection<String> getGroups();

    /** All kinds of strategies. */
    public static DescriptorExtensionList<AuthorizationStrategy, Descriptor<AuthorizationStrategy>> all() {
        return Jenkins.get().getDescriptorList(AuthorizationStrategy.class);
    }

    /** Anyone may do anything. */
    public static final class Unsecured extends AuthorizationStrategy implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public ACL getRootACL() {
            return ACL.lambda2((who, permission) -> true);
        }

        @Override
        public Collection<String> getGroups() {
            return Collections.emptySet();
        }

        private Object readResolve() {
            return UNSECURED;
        }
    }
}
