package hudson.model;

import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.Launcher;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import jenkins.model.Jenkins;
import jenkins.util.io.OnMaster;

/** A machine that runs builds; the harness has the controller only. */
public abstract class Node extends AbstractModelObject
        implements ReconfigurableDescribable<Node>, ExtensionPoint, AccessControlled, OnMaster, PersistenceRoot {
    /** How tasks are taken. */
    public enum Mode {
        NORMAL,
        EXCLUSIVE
    }

    /** The name, empty for the controller. */
    public abstract String getNodeName();

    public abstract String getNodeDescription();

    /** Starts processes. */
    public abstract Launcher createLauncher(TaskListener listener);

    public abstract int getNumExecutors();

    public abstract Mode getMode();

    public final Computer toComputer() {
        return Jenkins.get().getComputer(getNodeName());
    }

    public final VirtualChannel getChannel() {
        return FilePath.localChannel;
    }

    protected abstract Computer createComputer();

    /** The labels, separated by spaces. */
    public String getLabelString() {
        return "";
    }

    /** Where builds of the item work. */
    public abstract FilePath getWorkspaceFor(TopLevelItem item);

    /** The top of what Jenkins has on the node. */
    public abstract FilePath getRootPath();

    /** A path on the node. */
    public FilePath createPath(String absolutePath) {
        return new FilePath(getChannel(), absolutePath);
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getACL(this);
    }

    @Override
    public String getSearchUrl() {
        return "computer/(built-in)/";
    }
}
