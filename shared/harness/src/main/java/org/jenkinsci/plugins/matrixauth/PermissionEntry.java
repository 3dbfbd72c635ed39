package org.jenkinsci.plugins.matrixauth;

import java.util.List;
import java.util.Objects;

/** A user or group in the matrix. */
public class PermissionEntry implements Comparable<PermissionEntry> {
    private final AuthorizationType type;
    private final String sid;

    public PermissionEntry(AuthorizationType type, String sid) {
        this.type = Objects.requireNonNull(type);
        this.sid = Objects.requireNonNull(sid);
    }

    public static PermissionEntry user(String sid) {
        return new PermissionEntry(AuthorizationType.USER, sid);
    }

    public static PermissionEntry group(String sid) {
        return new PermissionEntry(AuthorizationType.GROUP, sid);
    }

    public AuthorizationType getType() {
        return type;
    }

    public String getSid() {
        return sid;
    }

    /** Reads {@code USER:name}, {@code GROUP:name} or {@code name}. */
    public static PermissionEntry fromString(String text) {
        for (AuthorizationType type : List.of(AuthorizationType.USER, AuthorizationType.GROUP)) {
            if (text.startsWith(type.toPrefix())) {
                return new PermissionEntry(type, text.substring(type.toPrefix().length()));
            }
        }
        return new PermissionEntry(AuthorizationType.EITHER, text);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PermissionEntry
                && type == ((PermissionEntry) o).type
                && sid.equals(((PermissionEntry) o).sid);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, sid);
    }

    @Override
    public int compareTo(PermissionEntry o) {
        return toString().compareTo(o.toString());
    }

    @Override
    public String toString() {
        return type.toPrefix() + sid;
    }
}
