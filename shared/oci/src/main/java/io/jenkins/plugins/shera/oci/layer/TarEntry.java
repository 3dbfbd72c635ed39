package io.jenkins.plugins.shera.oci.layer;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The head of one file in a layer; names are relative to the root of the image, without a slash at either end. */
public final class TarEntry {
    /** What stands behind a name. */
    public enum Kind {
        FILE('0'),
        HARD_LINK('1'),
        SYMLINK('2'),
        CHARACTER_DEVICE('3'),
        BLOCK_DEVICE('4'),
        FOLDER('5'),
        FIFO('6');

        private final char flag;

        Kind(char flag) {
            this.flag = flag;
        }

        char flag() {
            return flag;
        }
    }

    private final String name;
    private final Kind kind;
    private final int mode;
    private final long userId;
    private final long groupId;
    private final long size;
    private final String link;
    private final Map<String, byte[]> attributes;

    private TarEntry(
            String name,
            Kind kind,
            int mode,
            long userId,
            long groupId,
            long size,
            String link,
            Map<String, byte[]> attributes) {
        this.name = name;
        this.kind = kind;
        this.mode = mode;
        this.userId = userId;
        this.groupId = groupId;
        this.size = size;
        this.link = link;
        this.attributes = attributes;
    }

    /** A regular file of that many bytes. */
    public static TarEntry file(String name, int mode, long size) {
        return of(name, Kind.FILE, mode, size, "");
    }

    /** A folder. */
    public static TarEntry folder(String name, int mode) {
        return of(name, Kind.FOLDER, mode, 0, "");
    }

    /** A symbolic link; its target is kept as it is written. */
    public static TarEntry symlink(String name, String target) {
        return of(name, Kind.SYMLINK, 0777, 0, target);
    }

    /** A file that says a file or folder of a lower layer is gone. */
    public static TarEntry whiteout(String name) {
        int slash = name.lastIndexOf('/') + 1;
        return file(name.substring(0, slash) + EntryNames.WHITEOUT + name.substring(slash), 0, 0);
    }

    /** What another module kept of an entry: name, kind and where a link leads. */
    public static TarEntry kept(String name, Kind kind, String link) {
        return of(name, kind, 0, 0, link);
    }

    static TarEntry of(String name, Kind kind, int mode, long size, String link) {
        return new TarEntry(EntryNames.check(name), kind, mode & 07777, 0, 0, size, link, Map.of());
    }

    /** The same entry of other owners. */
    public TarEntry ownedBy(long user, long group) {
        return new TarEntry(name, kind, mode, user, group, size, link, attributes);
    }

    /** The same entry under another name. */
    public TarEntry named(String other) {
        return new TarEntry(EntryNames.check(other), kind, mode, userId, groupId, size, link, attributes);
    }

    /** The same entry with other permission bits. */
    public TarEntry withMode(int other) {
        return new TarEntry(name, kind, other & 07777, userId, groupId, size, link, attributes);
    }

    /** The same entry with these extended attributes, such as {@code security.capability}, and no others. */
    public TarEntry withAttributes(Map<String, byte[]> all) {
        TreeMap<String, byte[]> copy = new TreeMap<>();
        all.forEach((key, value) -> copy.put(key, value.clone()));
        return new TarEntry(name, kind, mode, userId, groupId, size, link, Collections.unmodifiableMap(copy));
    }

    /** Path below the root of the image, e.g. {@code usr/bin/env}. */
    public String name() {
        return name;
    }

    /** What stands behind the name. */
    public Kind kind() {
        return kind;
    }

    /** Permission bits, with set-user-id, set-group-id and sticky. */
    public int mode() {
        return mode;
    }

    /** Number of the owner. */
    public long userId() {
        return userId;
    }

    /** Number of the owning group. */
    public long groupId() {
        return groupId;
    }

    /** Bytes of content; 0 for all but files. */
    public long size() {
        return size;
    }

    /** Where a link leads: a symbolic link's text, or the name of a hard link's file; else empty. */
    public String link() {
        return link;
    }

    /** Extended attributes by their full names, sorted; the values are not to be changed. */
    public Map<String, byte[]> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
