package io.jenkins.plugins.shera.platform.config;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Keeps the things of one kind, each in an XML file of its own. Reading never waits for writing; a save is checked against the
 * version it started from, written beside and renamed, read back, and only then seen.
 */
final class Store<T extends Versioned<T>> {

    private static final Logger LOGGER = Logger.getLogger(Store.class.getName());

    private final Path root;
    private final Layout layout;
    private final Class<T> type;
    private final Saveable owner;
    private final Witness<T> witness;
    private volatile TreeMap<String, T> things = new TreeMap<>();
    private volatile List<Damage> damages = List.of();

    /** Sees every change after it was made; {@code before} or {@code after} is null where there is none. */
    interface Witness<T> {
        void changed(String key, T before, T after);
    }

    /** {@code owner} is what {@link SaveableListener}s are told has changed. */
    Store(Path root, Layout layout, Class<T> type, Saveable owner, Witness<T> witness) {
        this.root = root;
        this.layout = layout;
        this.type = type;
        this.owner = owner;
        this.witness = witness;
    }

    /** Reads every file again. A file that cannot be read is reported by {@link #damages()} and left as it is. */
    synchronized void load() {
        TreeMap<String, T> read = new TreeMap<>();
        List<Damage> bad = new ArrayList<>();
        try {
            for (Path file : layout.files(root)) {
                try {
                    T thing = readBack(file);
                    if (!thing.storeKey().equals(layout.keyOf(root, file))) {
                        throw new IOException("the file is about " + thing.storeKey());
                    }
                    read.put(thing.storeKey(), thing);
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.WARNING, "cannot read " + file + "; it is left as it is and passed over", e);
                    bad.add(new Damage(root.relativize(file).toString(), String.valueOf(e.getMessage())));
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot list the files below " + root, e);
            bad.add(new Damage(root.toString(), String.valueOf(e.getMessage())));
        }
        things = read;
        damages = List.copyOf(bad);
    }

    /** The thing of this key, or null. Shared: do not change it. */
    T get(String key) {
        return key == null ? null : things.get(key);
    }

    /** Everything, in the order of keys. */
    List<T> all() {
        return List.copyOf(things.values());
    }

    List<Damage> damages() {
        return damages;
    }

    /** Where a thing's file lies; its folder may hold more that belongs to the thing. */
    Path fileOf(String key) {
        return layout.fileOf(root, key);
    }

    /** Adds a new thing; refused when its key is taken. */
    synchronized T create(T thing) throws IOException {
        if (things.containsKey(thing.storeKey())) {
            throw Refusal.conflict(thing.storeKey(), Messages.Store_exists(), Messages.Store_exists_next());
        }
        return write(thing, 0);
    }

    /** Replaces a thing; refused when it is gone or was changed since {@code expected} was read. */
    synchronized T replace(T thing, OptionalLong expected) throws IOException {
        return write(thing, checked(thing.storeKey(), expected).getVersion());
    }

    /** Adds or replaces, whatever is there; nothing is written when nothing differs. */
    synchronized T put(T thing) throws IOException {
        T old = things.get(thing.storeKey());
        thing.setStoredVersion(old == null ? 0 : old.getVersion());
        return old != null && xml(old).equals(xml(thing)) ? old : write(thing, thing.getVersion());
    }

    /** Takes a thing away; refused when it is gone already or was changed since {@code expected} was read. */
    synchronized void remove(String key, OptionalLong expected) throws IOException {
        T old = checked(key, expected);
        XmlFile file = new XmlFile(fileOf(key).toFile());
        file.delete();
        TreeMap<String, T> without = new TreeMap<>(things);
        without.remove(key);
        things = without;
        SaveableListener.fireOnDeleted(owner, file);
        witness.changed(key, old, null);
    }

    private T checked(String key, OptionalLong expected) {
        T old = things.get(key);
        if (old == null) {
            throw Refusal.unknown(key, Messages.Store_gone(), Messages.Store_gone_next());
        }
        if (expected.isPresent() && expected.getAsLong() != old.getVersion()) {
            throw Refusal.conflict(
                    key, Messages.Store_changed(old.getVersion(), expected.getAsLong()), Messages.Store_changed_next());
        }
        return old;
    }

    private T write(T thing, long oldVersion) throws IOException {
        Path path = fileOf(thing.storeKey());
        Files.createDirectories(folderOf(path));
        if (oldVersion == 0 && Files.exists(path)) {
            // A damaged file: keep it for whoever repairs it.
            Files.move(path, Path.of(path + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        }
        thing.setStoredVersion(oldVersion + 1);
        XmlFile file = new XmlFile(path.toFile());
        file.write(thing);
        T stored = readBack(path);
        TreeMap<String, T> with = new TreeMap<>(things);
        T old = with.put(stored.storeKey(), stored);
        things = with;
        SaveableListener.fireOnChange(owner, file);
        witness.changed(stored.storeKey(), old, stored);
        return stored;
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a stored file lies in a folder: " + file);
        }
        return folder;
    }

    private T readBack(Path path) throws IOException {
        return type.cast(new XmlFile(path.toFile()).read());
    }

    private static String xml(Object thing) {
        return Jenkins.XSTREAM2.toXML(thing);
    }
}
