package hudson.model;

import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.slaves.WorkspaceList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jenkins.model.IComputer;
import jenkins.model.Jenkins;

/** The running side of a node. */
public abstract class Computer extends Actionable implements AccessControlled, IComputer {
    public static final PermissionGroup PERMISSIONS =
            new PermissionGroup(Computer.class, HarnessTexts.text("Computer"));
    public static final Permission BUILD = permission("Build");
    public static final Permission CONFIGURE = permission("Configure");
    public static final Permission CONNECT = permission("Connect");
    public static final Permission DISCONNECT = permission("Disconnect");

    /** Runs short work that is not tied to a task. */
    public static final ExecutorService threadPoolForRemoting = Executors.newCachedThreadPool(
            io.jenkins.plugins.shera.harness.queue.Daemons.named("Computer.threadPoolForRemoting"));

    private final List<Executor> executors = new CopyOnWriteArrayList<>();
    private final List<OneOffExecutor> oneOffs = new CopyOnWriteArrayList<>();
    private final WorkspaceList workspaces = new WorkspaceList();
    protected String nodeName;

    protected Computer(Node node) {
        this.nodeName = node.getNodeName();
    }

    private static Permission permission(String name) {
        return new Permission(
                PERMISSIONS,
                name,
                HarnessTexts.text("Computer"),
                Permission.HUDSON_ADMINISTER,
                true,
                new PermissionScope[] {PermissionScope.COMPUTER});
    }

    synchronized Executor free(Queue.BuildableItem item) {
        int size = getNumExecutors();
        if (executors.size() >= size) {
            return null;
        }
        Executor executor = new Executor(this, executors.size());
        executor.take(item);
        executors.add(executor);
        return executor;
    }

    synchronized Executor oneOff(Queue.BuildableItem item) {
        OneOffExecutor executor = new OneOffExecutor(this);
        executor.take(item);
        oneOffs.add(executor);
        return executor;
    }

    protected void removeExecutor(Executor e) {
        executors.remove(e);
        oneOffs.remove(e);
    }

    public Node getNode() {
        return Jenkins.get();
    }

    @Override
    public String getName() {
        return nodeName == null ? "" : nodeName;
    }

    @Override
    public String getDisplayName() {
        return getNode().getDisplayName();
    }

    public String getUrl() {
        return "computer/(built-in)/";
    }

    public abstract VirtualChannel getChannel();

    public abstract java.nio.charset.Charset getDefaultCharset();

    public abstract Boolean isUnix();

    @Override
    public boolean isOffline() {
        return false;
    }

    public final boolean isOnline() {
        return !isOffline();
    }

    public int getNumExecutors() {
        return getNode().getNumExecutors();
    }

    /** How many slots are taken. */
    public final int countBusy() {
        return executors.size();
    }

    public int countIdle() {
        return getNumExecutors() - countBusy();
    }

    public final boolean isIdle() {
        return executors.isEmpty() && oneOffs.isEmpty();
    }

    /** The slots that are taken. */
    public List<Executor> getExecutors() {
        return new ArrayList<>(executors);
    }

    public List<OneOffExecutor> getOneOffExecutors() {
        return new ArrayList<>(oneOffs);
    }

    public List<Executor> getAllExecutors() {
        List<Executor> all = new ArrayList<>(executors);
        all.addAll(oneOffs);
        return all;
    }

    /** Which workspaces are in use. */
    public WorkspaceList getWorkspaceList() {
        return workspaces;
    }

    /** The environment of processes on this computer. */
    public EnvVars getEnvironment() throws IOException, InterruptedException {
        return new EnvVars(EnvVars.masterEnvVars);
    }

    /** What builds on this computer add to their environment. */
    public EnvVars buildEnvironment(TaskListener listener) throws IOException, InterruptedException {
        return new EnvVars();
    }

    public String getHostName() throws IOException, InterruptedException {
        return "localhost";
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getACL(this);
    }

    /** The computer of the current executor, or null. */
    public static Computer currentComputer() {
        Executor e = Executor.currentExecutor();
        return e == null ? null : e.getOwner();
    }

    @Override
    public String getSearchName() {
        return getName();
    }

    @Override
    public String getSearchUrl() {
        return getUrl();
    }

    /** Tells everything that runs that Jenkins stops. */
    public void interrupt() {
        getAllExecutors().forEach(Executor::interruptForShutdown);
    }
}
