package io.jenkins.plugins.shera.harness.security;

import hudson.security.ACL;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.matrixauth.AuthorizationType;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.springframework.security.core.Authentication;

/** Which users and groups have which permissions, and what follows from it. */
public final class Grants {
    private Grants() {}

    /** Whether the grants give the permission to the user, by itself or by one that implies it; null for silence. */
    public static boolean allow(Map<Permission, Set<PermissionEntry>> grants, Authentication who, Permission asked) {
        for (Permission p = asked; p != null; p = p.impliedBy) {
            if (p.enabled || p == asked) {
                for (PermissionEntry entry : grants.getOrDefault(p, Set.of())) {
                    if (names(entry, who)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean names(PermissionEntry entry, Authentication who) {
        boolean user =
                entry.getType() != AuthorizationType.GROUP && entry.getSid().equals(who.getName());
        boolean group = entry.getType() != AuthorizationType.USER
                && who.getAuthorities().stream().anyMatch(a -> entry.getSid().equals(a.getAuthority()));
        boolean anonymous =
                entry.getType() != AuthorizationType.GROUP && entry.getSid().equals(ACL.ANONYMOUS_USERNAME);
        return user || group || anonymous;
    }

    /** Adds a grant given as {@code USER:permission:name}, or without the type. */
    public static void add(Map<Permission, Set<PermissionEntry>> grants, String text) {
        String rest = text;
        AuthorizationType type = AuthorizationType.EITHER;
        for (AuthorizationType each : List.of(AuthorizationType.USER, AuthorizationType.GROUP)) {
            if (text.startsWith(each.toPrefix())) {
                type = each;
                rest = text.substring(each.toPrefix().length());
            }
        }
        int colon = rest.indexOf(':');
        Permission permission = colon < 0 ? null : Permission.fromId(rest.substring(0, colon));
        if (permission == null) {
            throw new IllegalArgumentException("no such permission in the grant " + text);
        }
        add(grants, permission, new PermissionEntry(type, rest.substring(colon + 1)));
    }

    /** Adds a grant. */
    public static void add(Map<Permission, Set<PermissionEntry>> grants, Permission permission, PermissionEntry entry) {
        grants.computeIfAbsent(permission, key -> new TreeSet<>()).add(entry);
    }

    /** The grants as texts, sorted. */
    public static List<String> texts(Map<Permission, Set<PermissionEntry>> grants) {
        List<String> texts = new ArrayList<>();
        grants.forEach((permission, entries) -> entries.forEach(
                entry -> texts.add(entry.getType().toPrefix() + permission.getId() + ":" + entry.getSid())));
        Collections.sort(texts);
        return texts;
    }
}
