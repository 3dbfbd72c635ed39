package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files that were brought out of a container, in numbered files of one folder, so that no name of the container ever becomes a name on
 * our disk. Takes only what was asked for and of the kinds and sizes that were listed: archives are written by programs in the container.
 */
public final class Spool {
    /** The extended attribute that gives a program rights of its own. */
    static final String CAPABILITY = "security.capability";

    private final Path folder;
    private final Map<String, ContainerFile> wanted;
    private final TreeMap<String, TarEntry> entries = new TreeMap<>();
    private final TreeMap<String, Path> contents = new TreeMap<>();
    private int count;

    /** The folder is the caller's to delete; folders that are wanted need nothing but their names. */
    Spool(Path folder, Map<String, ContainerFile> wanted) {
        this.folder = folder;
        this.wanted = wanted;
        for (ContainerFile file : wanted.values()) {
            if (file.kind() == TarEntry.Kind.FOLDER) {
                entries.put(
                        file.name(),
                        TarEntry.folder(file.name(), file.permissions()).ownedBy(file.userId(), file.groupId()));
            }
        }
    }

    Path folder() {
        return folder;
    }

    /** What is to be fetched still, sorted. */
    List<String> missing() {
        return wanted.keySet().stream()
                .filter(name -> !entries.containsKey(name))
                .sorted()
                .toList();
    }

    /** Null when it is not wanted. */
    ContainerFile wanted(String name) {
        return wanted.get(name);
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Whether the content of a file is here. */
    boolean hasContent(String name) {
        return contents.containsKey(name);
    }

    /** One file that is wanted, with its content where it has one. */
    void take(TarEntry entry, InputStream content) throws IOException {
        String name = entry.name();
        boolean link = entry.kind() == TarEntry.Kind.HARD_LINK;
        if (link
                ? contents.get(entry.link()) == null
                : entry.kind() != wanted.get(name).kind()) {
            String shown = Quoted.of("/" + name);
            throw new PackException(link ? Messages._Spool_hostile_link(shown) : Messages._Spool_hostile_kind(shown));
        }
        if (entry.kind() == TarEntry.Kind.FILE) {
            if (entry.size() != wanted.get(name).size()) {
                throw changed(name);
            }
            Path here = folder.resolve("content-" + count++);
            Files.copy(content, here);
            contents.put(name, here);
        } else if (link) {
            contents.put(name, contents.get(entry.link()));
        }
        entries.put(name, entry.withAttributes(packable(entry.attributes())));
    }

    /** What rights a program has, and what its users wrote; all else belongs to the machine the container runs on. */
    private static Map<String, byte[]> packable(Map<String, byte[]> attributes) {
        TreeMap<String, byte[]> kept = new TreeMap<>();
        attributes.forEach((key, value) -> {
            if (key.equals(CAPABILITY) || key.matches("user\\.[A-Za-z0-9._-]{1,250}")) {
                kept.put(key, value);
            }
        });
        return kept;
    }

    /** Heads of what was fetched, by name. */
    Map<String, TarEntry> entries() {
        return entries;
    }

    /** Where the content of a file lies. */
    Path content(String name) {
        return contents.get(name);
    }

    /** It is not as it was listed. */
    static PackException changed(String name) {
        return new PackException(Messages._Spool_changed(name));
    }
}
