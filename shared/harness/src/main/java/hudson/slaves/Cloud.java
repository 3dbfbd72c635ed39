package hudson.slaves;

import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.Actionable;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import jenkins.model.Jenkins;

/** Where agents can be had from; here it only stands in a list, for nothing is provisioned. */
public abstract class Cloud extends Actionable implements ExtensionPoint, Describable<Cloud>, AccessControlled {
    /** Unlike that of any other cloud. */
    public String name;

    protected Cloud(String name) {
        this.name = name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    /** Its page below the root of Jenkins. */
    public String getUrl() {
        return "cloud/" + Util.rawEncode(name) + "/";
    }

    @Override
    public String getSearchUrl() {
        return getUrl();
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getRootACL();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Descriptor<Cloud> getDescriptor() {
        return (Descriptor<Cloud>) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
