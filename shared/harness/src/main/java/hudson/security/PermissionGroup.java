package hudson.security;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jvnet.localizer.Localizable;

/** The permissions of one area. */
public final class PermissionGroup implements Iterable<Permission>, Comparable<PermissionGroup> {
    private static final SortedSet<PermissionGroup> GROUPS = new TreeSet<>();

    private final SortedSet<Permission> permissions = new TreeSet<>(Permission.ID_COMPARATOR);
    public final Class owner;

    /** The title shown. */
    public final Localizable title;

    private final String id;

    public PermissionGroup(String id, Class owner, Localizable title) {
        this.owner = owner;
        this.title = title;
        this.id = id;
        synchronized (PermissionGroup.class) {
            if (!GROUPS.add(this)) {
                throw new IllegalStateException("attempt to register a second PermissionGroup for " + owner.getName());
            }
        }
    }

    public PermissionGroup(Class owner, Localizable title) {
        this(title.toString(Locale.ENGLISH), owner, title);
    }

    /** The name in files. */
    public String getId() {
        return id;
    }

    public String getOwnerClassName() {
        return owner.getName();
    }

    @Override
    public Iterator<Permission> iterator() {
        return getPermissions().iterator();
    }

    synchronized void add(Permission p) {
        if (!permissions.add(p)) {
            throw new IllegalStateException("attempt to register a second Permission for " + p.getId());
        }
    }

    public synchronized List<Permission> getPermissions() {
        return new ArrayList<>(permissions);
    }

    /** Whether any permission of the group is about objects in the given scope. */
    public synchronized boolean hasPermissionContainedBy(PermissionScope scope) {
        return permissions.stream().anyMatch(p -> p.isContainedBy(scope));
    }

    /** The permission of the given name, or null. */
    public synchronized Permission find(String name) {
        return permissions.stream().filter(p -> p.name.equals(name)).findFirst().orElse(null);
    }

    public synchronized int size() {
        return permissions.size();
    }

    @Override
    public int compareTo(PermissionGroup that) {
        return owner.getName().compareTo(that.owner.getName());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PermissionGroup && compareTo((PermissionGroup) o) == 0;
    }

    @Override
    public int hashCode() {
        return owner.getName().hashCode();
    }

    @Override
    public String toString() {
        return "PermissionGroup[" + owner.getName() + ']';
    }

    /** Every group there is. */
    public static synchronized List<PermissionGroup> getAll() {
        return new ArrayList<>(GROUPS);
    }

    /** The group of the given owner, or null. */
    public static synchronized PermissionGroup get(Class owner) {
        return GROUPS.stream().filter(g -> g.owner == owner).findFirst().orElse(null);
    }
}
