package hudson.security;

import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import java.util.Set;
import jenkins.model.Jenkins;

/** The kind of object a permission is about. */
public final class PermissionScope {
    /** The whole of Jenkins. */
    public static final PermissionScope JENKINS = new PermissionScope(Jenkins.class);
    /** Folders. */
    public static final PermissionScope ITEM_GROUP = new PermissionScope(ItemGroup.class, JENKINS);
    /** Items. */
    public static final PermissionScope ITEM = new PermissionScope(Item.class, ITEM_GROUP);
    /** Builds. */
    public static final PermissionScope RUN = new PermissionScope(Run.class, ITEM);
    /** Computers. */
    public static final PermissionScope COMPUTER = new PermissionScope(Computer.class, JENKINS);

    /** The class of the objects. */
    public final Class<?> modelClass;

    private final Set<PermissionScope> containers;

    public PermissionScope(Class<?> modelClass, PermissionScope... containers) {
        this.modelClass = modelClass;
        this.containers = Set.of(containers);
    }

    /** Whether objects of this scope sit in objects of the other, at any depth. */
    public boolean isContainedBy(PermissionScope s) {
        return this == s || containers.stream().anyMatch(container -> container.isContainedBy(s));
    }
}
