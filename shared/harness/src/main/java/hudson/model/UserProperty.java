package hudson.model;

import hudson.ExtensionPoint;

/** Adds to what is known of a user. */
public abstract class UserProperty implements ReconfigurableDescribable<UserProperty>, ExtensionPoint {
    protected transient User user;

    protected void setUser(User u) {
        this.user = u;
    }

    @Override
    public UserPropertyDescriptor getDescriptor() {
        return (UserPropertyDescriptor) jenkins.model.Jenkins.get().getDescriptorOrDie(getClass());
    }
}
