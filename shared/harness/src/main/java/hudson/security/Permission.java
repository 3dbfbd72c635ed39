package hudson.security;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jvnet.localizer.Localizable;

/** Something a user may be allowed to do. */
public final class Permission {
    private static final List<Permission> ALL = new CopyOnWriteArrayList<>();

    /** Orders by id. */
    public static final Comparator<Permission> ID_COMPARATOR = Comparator.comparing(Permission::getId);

    public static final PermissionGroup HUDSON_PERMISSIONS =
            new PermissionGroup(hudson.model.Hudson.class, HarnessTexts.text("Overall"));
    public static final Permission HUDSON_ADMINISTER =
            new Permission(HUDSON_PERMISSIONS, "Administer", HarnessTexts.text("Administer"), null);
    public static final PermissionGroup GROUP = new PermissionGroup(Permission.class, HarnessTexts.text("N/A"));
    public static final Permission FULL_CONTROL =
            new Permission(GROUP, "FullControl", HarnessTexts.text("Full control"), HUDSON_ADMINISTER);
    public static final Permission READ = new Permission(GROUP, "GenericRead", null, HUDSON_ADMINISTER);
    public static final Permission WRITE = new Permission(GROUP, "GenericWrite", null, HUDSON_ADMINISTER);
    public static final Permission CREATE = new Permission(GROUP, "GenericCreate", null, WRITE);
    public static final Permission UPDATE = new Permission(GROUP, "GenericUpdate", null, WRITE);
    public static final Permission DELETE = new Permission(GROUP, "GenericDelete", null, WRITE);
    public static final Permission CONFIGURE = new Permission(GROUP, "GenericConfigure", null, UPDATE);

    public final Class owner;
    public final PermissionGroup group;
    public final String name;
    public final Localizable description;

    /** Whoever has that one has this one too. */
    public final Permission impliedBy;

    public boolean enabled;
    private final Set<PermissionScope> scopes;

    public Permission(
            PermissionGroup group,
            String name,
            Localizable description,
            Permission impliedBy,
            boolean enable,
            PermissionScope[] scopes) {
        if (!JSONSafe.isSafe(name)) {
            throw new IllegalArgumentException("The name of a permission is a Java identifier, not '" + name + "'");
        }
        this.owner = group.owner;
        this.group = group;
        this.name = name;
        this.description = description;
        this.impliedBy = impliedBy;
        this.enabled = enable;
        this.scopes = Set.of(scopes);
        group.add(this);
        ALL.add(this);
    }

    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, PermissionScope scope) {
        this(group, name, description, impliedBy, true, new PermissionScope[] {Objects.requireNonNull(scope)});
    }

    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, boolean enable) {
        this(group, name, description, impliedBy, enable, new PermissionScope[] {PermissionScope.JENKINS});
    }

    public Permission(PermissionGroup group, String name, Localizable description, Permission impliedBy) {
        this(group, name, description, impliedBy, true);
    }

    public Permission(PermissionGroup group, String name, Permission impliedBy) {
        this(group, name, null, impliedBy);
    }

    /** Whether the permission is about objects that sit in the given scope. */
    public boolean isContainedBy(PermissionScope s) {
        return scopes.stream().anyMatch(scope -> scope.isContainedBy(s));
    }

    /** Owner class and name. */
    public String getId() {
        return owner.getName() + '.' + name;
    }

    /** The permission of the given id, or null. */
    public static Permission fromId(String id) {
        int dot = id.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        String owner = id.substring(0, dot).replace("jenkins.model.Jenkins", "hudson.model.Hudson");
        return ALL.stream()
                .filter(p -> p.name.equals(id.substring(dot + 1))
                        && (p.owner.getName().equals(owner) || p.owner.getName().equals(id.substring(0, dot))))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return "Permission[" + owner + ',' + name + ']';
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Permission && getId().equals(((Permission) o).getId());
    }

    @Override
    public int hashCode() {
        return getId().hashCode();
    }

    public void setEnabled(boolean enable) {
        enabled = enable;
    }

    public boolean getEnabled() {
        return enabled;
    }

    /** Every permission there is. */
    public static List<Permission> getAll() {
        return Collections.unmodifiableList(ALL);
    }
}
