package io.jenkins.plugins.shera.harness.items;

import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.model.Jenkins;

/** Computes names of items relative to groups. */
public final class ItemPaths {
    private ItemPaths() {}

    /** The path from the group to the item. */
    public static String relative(Item item, ItemGroup<?> group) {
        List<String> to = split(item.getFullName());
        List<String> from = group == null ? List.of() : split(group.getFullName());
        int shared = 0;
        while (shared < from.size()
                && shared < to.size() - 1
                && from.get(shared).equals(to.get(shared))) {
            shared++;
        }
        List<String> path = new ArrayList<>(Collections.nCopies(from.size() - shared, ".."));
        path.addAll(to.subList(shared, to.size()));
        return String.join("/", path);
    }

    /** The names in a full name. */
    public static List<String> split(String fullName) {
        return fullName.isEmpty() ? List.of() : List.of(fullName.split("/"));
    }

    /** The item the path leads to that the current user may read, or null. */
    public static Item resolve(String path, ItemGroup<?> context) {
        ItemGroup<?> at = path.startsWith("/") ? Jenkins.get() : context;
        Item found = null;
        for (String name : split(path.startsWith("/") ? path.substring(1) : path)) {
            if (name.equals("..")) {
                if (!(at instanceof Item)) {
                    return null;
                }
                at = ((Item) at).getParent();
                found = at instanceof Item ? (Item) at : null;
            } else if (!name.equals(".") && !name.isEmpty()) {
                found = at == null ? null : at.getItem(name);
                if (found == null) {
                    return null;
                }
                at = found instanceof ItemGroup ? (ItemGroup<?>) found : null;
            }
        }
        return found;
    }
}
