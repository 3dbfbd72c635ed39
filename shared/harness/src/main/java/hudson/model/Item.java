package hudson.model;

import hudson.search.SearchableModelObject;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.plugins.shera.harness.items.ItemPaths;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;
import jenkins.model.Jenkins;
import jenkins.model.Named;
import jenkins.util.io.OnMaster;

/** Something that stands in a folder or at the top of Jenkins. */
public interface Item
        extends PersistenceRoot,
                FullyNamedModelObject,
                SearchableModelObject,
                FullyNamed,
                Named,
                AccessControlled,
                OnMaster {
    PermissionGroup PERMISSIONS = new PermissionGroup(Item.class, HarnessTexts.text("Item"));
    Permission CREATE = ItemPermissions.of("Create", Permission.CREATE, PermissionScope.ITEM_GROUP);
    Permission DELETE = ItemPermissions.of("Delete", Permission.DELETE, PermissionScope.ITEM);
    Permission CONFIGURE = ItemPermissions.of("Configure", Permission.CONFIGURE, PermissionScope.ITEM);
    Permission READ = ItemPermissions.of("Read", Permission.READ, PermissionScope.ITEM);
    Permission DISCOVER = ItemPermissions.of("Discover", READ, PermissionScope.ITEM);
    Permission EXTENDED_READ = ItemPermissions.extendedRead();
    Permission BUILD = ItemPermissions.of("Build", Permission.UPDATE, PermissionScope.ITEM);
    Permission WORKSPACE = ItemPermissions.of("Workspace", Permission.READ, PermissionScope.ITEM);
    Permission WIPEOUT = ItemPermissions.wipeout();
    Permission CANCEL = ItemPermissions.of("Cancel", Permission.UPDATE, PermissionScope.ITEM);

    /** The folder, or Jenkins. */
    ItemGroup<? extends Item> getParent();

    /** The jobs in this item, itself included. */
    Collection<? extends Job> getAllJobs();

    @Override
    String getName();

    @Override
    String getFullName();

    @Override
    String getDisplayName();

    @Override
    String getFullDisplayName();

    /** The full name relative to a group. */
    default String getRelativeNameFrom(ItemGroup g) {
        return ItemPaths.relative(this, g);
    }

    /** The full name relative to another item. */
    default String getRelativeNameFrom(Item item) {
        return getRelativeNameFrom(item.getParent());
    }

    /** The path of this item below the context path, ends with a slash. */
    String getUrl();

    /** The path of this item below its parent, ends with a slash. */
    String getShortUrl();

    /** The whole address; needs the root URL to be known. */
    @Deprecated
    default String getAbsoluteUrl() {
        String root = Jenkins.get().getRootUrl();
        if (root == null) {
            throw new IllegalStateException("Root URL isn't configured yet. Cannot compute absolute URL.");
        }
        return root + getUrl();
    }

    /** Called when the item was read from disk. */
    void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException;

    /** Called when the item was made as a copy. */
    void onCopiedFrom(Item src);

    /** Called when the item was made new. */
    default void onCreatedFromScratch() {}

    @Override
    void save() throws IOException;

    /** Deletes the item with all that belongs to it. */
    void delete() throws IOException, InterruptedException;
}
