package hudson.model;

import hudson.Util;
import hudson.XmlFile;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import jenkins.model.Jenkins;
import jenkins.model.Loadable;

/** What all items share: a name, a folder on disk, a configuration file. */
public abstract class AbstractItem extends Actionable
        implements Loadable, Item, AccessControlled, DescriptorByNameOwner {
    /** The name; also the name of the folder on disk. */
    protected transient String name;

    /** Shown on the page of the item. */
    protected volatile String description;

    private transient ItemGroup parent;
    protected String displayName;

    protected AbstractItem(ItemGroup parent, String name) {
        this.parent = parent;
        doSetName(name);
    }

    @Override
    public String getName() {
        return name;
    }

    /** The word for this kind of item. */
    public String getPronoun() {
        return getTaskNoun();
    }

    /** The word for a build of this kind of item. */
    public String getTaskNoun() {
        return "Build";
    }

    @Override
    public String getDisplayName() {
        return displayName != null ? displayName : getName();
    }

    /** The display name when it was set, else null. */
    public String getDisplayNameOrNull() {
        return displayName;
    }

    public void setDisplayName(String displayName) throws IOException {
        this.displayName = Util.fixEmptyAndTrim(displayName);
        save();
    }

    @Override
    public File getRootDir() {
        return getParent().getRootDirFor(this);
    }

    @Override
    public ItemGroup getParent() {
        if (parent == null) {
            throw new IllegalStateException("no parent set on " + getClass().getName() + "[" + name + "]");
        }
        return parent;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) throws IOException {
        this.description = description;
        save();
        ItemListener.fireOnUpdated(this);
    }

    protected void doSetName(String name) {
        this.name = name;
    }

    /** Whether the name can be changed on the page. */
    public boolean isNameEditable() {
        return false;
    }

    protected void renameTo(String newName) throws IOException {
        ItemGroup group = getParent();
        String oldName = name;
        String oldFullName = getFullName();
        if (oldName.equals(newName)) {
            return;
        }
        Jenkins.checkGoodName(newName);
        synchronized (group) {
            if (group.getItem(newName) != null) {
                throw new IllegalArgumentException("Job " + newName + " already exists");
            }
            File before = getRootDir();
            File after = new File(before.getParentFile(), newName);
            doSetName(newName);
            try {
                Files.move(before.toPath(), after.toPath());
            } catch (IOException e) {
                doSetName(oldName);
                throw e;
            }
            group.onRenamed(this, oldName, newName);
        }
        ItemListener.fireLocationChange(this, oldFullName);
    }

    /** Called when the item was moved to another group; its files are moved already. */
    public void movedTo(
            jenkins.model.DirectlyModifiableTopLevelItemGroup destination, AbstractItem newItem, File destDir)
            throws IOException {
        newItem.onLoad(destination, name);
    }

    @Override
    public final String getFullName() {
        String above = getParent().getFullName();
        return above.isEmpty() ? getName() : above + '/' + getName();
    }

    @Override
    public final String getFullDisplayName() {
        String above = getParent().getFullDisplayName();
        return above.isEmpty() ? getDisplayName() : above + " » " + getDisplayName();
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        this.parent = parent;
        doSetName(name);
    }

    @Override
    public void onCopiedFrom(Item src) {}

    @Override
    public final String getUrl() {
        return getParent().getUrl() + getShortUrl();
    }

    @Override
    public String getShortUrl() {
        return getParent().getUrlChildPrefix() + '/' + Util.rawEncode(getName()) + '/';
    }

    @Override
    public String getSearchName() {
        return getName();
    }

    @Override
    public String getSearchUrl() {
        return getShortUrl();
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getACL(this);
    }

    /** The configuration file. */
    public final XmlFile getConfigFile() {
        return Items.getConfigFile(this);
    }

    @Override
    public synchronized void save() throws IOException {
        getConfigFile().write(this);
        SaveableListener.fireOnChange(this, getConfigFile());
    }

    @Override
    public void load() throws IOException {
        getConfigFile().unmarshal(this);
        onLoad(getParent(), getRootDir().getName());
    }

    @Override
    public void delete() throws IOException, InterruptedException {
        checkPermission(DELETE);
        ItemListener.checkBeforeDelete(this);
        for (Job<?, ?> job : new ArrayList<>(getAllJobs())) {
            for (Run<?, ?> run : job.getBuilds()) {
                Executor executor = run.isBuilding() ? run.getExecutor() : null;
                if (executor != null) {
                    executor.interrupt();
                }
            }
        }
        synchronized (this) {
            performDelete();
        }
        getParent().onDeleted(this);
    }

    protected void performDelete() throws IOException, InterruptedException {
        getConfigFile().delete();
        Util.deleteRecursive(getRootDir());
    }

    @Override
    public String toString() {
        return super.toString() + '[' + (parent != null ? getFullName() : "?/" + name) + ']';
    }
}
