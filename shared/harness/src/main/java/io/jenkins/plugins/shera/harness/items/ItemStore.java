package io.jenkins.plugins.shera.harness.items;

import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.listeners.ItemListener;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.access.AccessDeniedException;

/** The items of one group, by name, each with a folder below the group's. */
public final class ItemStore {
    private static final Logger LOGGER = Logger.getLogger(ItemStore.class.getName());

    private final ItemGroup<?> group;
    private final File folder;
    private final Map<String, TopLevelItem> items =
            Collections.synchronizedMap(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    /** @param folder holds one folder for each item */
    public ItemStore(ItemGroup<?> group, File folder) {
        this.group = group;
        this.folder = folder;
    }

    /** Reads all items from disk; one that cannot be read is logged and left out. */
    public void load() throws IOException {
        items.clear();
        Files.createDirectories(folder.toPath());
        File[] folders = folder.listFiles(File::isDirectory);
        Arrays.sort(Objects.requireNonNull(folders, () -> "cannot list " + folder));
        for (File each : folders) {
            if (!Items.getConfigFile(each).exists()) {
                continue;
            }
            try {
                TopLevelItem item = (TopLevelItem) Items.load(group, each);
                items.put(item.getName(), item);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "Failed to load " + each, e);
            }
        }
    }

    /** The folder of the item of that name. */
    public File folder(String name) {
        return new File(folder, name);
    }

    /** Every item, whoever asks. */
    public List<TopLevelItem> all() {
        synchronized (items) {
            return new ArrayList<>(items.values());
        }
    }

    /** The items the current user may read. */
    public List<TopLevelItem> readable() {
        return all().stream().filter(item -> item.hasPermission(Item.READ)).toList();
    }

    /** The item; null when there is none or it may not be read; fails when it may only be discovered. */
    public TopLevelItem get(String name) {
        TopLevelItem item = items.get(name);
        if (item == null) {
            return null;
        }
        if (!item.hasPermission(Item.READ)) {
            if (item.hasPermission(Item.DISCOVER)) {
                throw new AccessDeniedException("Please login to access job " + name);
            }
            return null;
        }
        return item;
    }

    /** Makes an item of a kind and saves it. */
    public TopLevelItem create(TopLevelItemDescriptor type, String name, boolean notify) throws IOException {
        ((AccessControlled) group).checkPermission(Item.CREATE);
        ((AccessControlled) group).getACL().checkCreatePermission(group, type);
        checkNew(name);
        if (!type.isApplicableIn(group)) {
            throw new AccessDeniedException(type.getDisplayName() + " is not applicable here");
        }
        TopLevelItem item = type.newInstance(group, name);
        item.onCreatedFromScratch();
        item.save();
        items.put(name, item);
        if (notify) {
            ItemListener.fireOnCreated(item);
        }
        return item;
    }

    /** Makes an item from its configuration file. */
    public TopLevelItem createFromXml(String name, InputStream xml) throws IOException {
        ((AccessControlled) group).checkPermission(Item.CREATE);
        checkNew(name);
        File home = folder(name);
        Files.createDirectories(home.toPath());
        try {
            Files.copy(xml, new File(home, "config.xml").toPath());
            TopLevelItem item = (TopLevelItem) Items.load(group, home);
            item.save();
            items.put(name, item);
            ItemListener.fireOnCreated(item);
            return item;
        } catch (IOException | RuntimeException e) {
            Util.deleteRecursive(home);
            throw e;
        }
    }

    /** Makes a copy of an item, without its builds. */
    @SuppressWarnings("unchecked")
    public <T extends TopLevelItem> T copy(T source, String name) throws IOException {
        source.checkPermission(Item.EXTENDED_READ);
        ((AccessControlled) group).checkPermission(Item.CREATE);
        checkNew(name);
        File home = folder(name);
        Files.createDirectories(home.toPath());
        Files.copy(Items.getConfigFile(source).getFile().toPath(), new File(home, "config.xml").toPath());
        T item = (T) Items.load(group, home);
        item.onCopiedFrom(source);
        item.save();
        items.put(name, item);
        ItemListener.fireOnCopied(source, item);
        return item;
    }

    private void checkNew(String name) {
        ItemNames.check(name);
        if (items.containsKey(name)) {
            throw new IllegalArgumentException(group.getDisplayName() + " already contains an item ‘" + name + "’");
        }
    }

    /** Puts an item here that exists already. */
    public <I extends TopLevelItem> I add(I item, String name) {
        if (items.containsKey(name)) {
            throw new IllegalArgumentException("already an item " + name);
        }
        items.put(name, item);
        return item;
    }

    /** Takes an item out without deleting it. */
    public void remove(TopLevelItem item) {
        items.remove(item.getName());
    }

    /** Follows a new name. */
    public void renamed(TopLevelItem item, String oldName, String newName) {
        items.remove(oldName);
        items.put(newName, item);
    }

    /** Forgets an item whose files are gone. */
    public void deleted(TopLevelItem item) throws IOException {
        ItemListener.fireOnDeleted(item);
        items.remove(item.getName());
    }

    /** Forgets all, when the group itself is gone. */
    public void clear() {
        items.clear();
    }
}
