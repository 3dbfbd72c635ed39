package io.jenkins.plugins.shera.terminal.files;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.LayerException;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.layer.TarWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Copies a tar archive that may come from anybody and writes what it holds anew: files, folders and links under names that stay where they
 * belong, each once, none below a link, and no more of them than allowed. The archive that comes out can be unpacked by any program.
 */
public final class FolderArchive {
    /** Files, folders and links of an archive, at most. */
    public static final int MOST_ENTRIES = 100_000;

    private static final int PERMISSIONS = 0777;

    private final String shown;
    private final long most;
    private final boolean ours;
    private final Map<String, TarEntry.Kind> seen = new HashMap<>();
    private final Copied copied = new Copied();

    /** What was copied, and what was left out. */
    public static final class Copied {
        private int files;
        private int left;
        private long bytes;

        /** How many files, folders and links. */
        public int files() {
            return files;
        }

        /** How many sockets, pipes and devices were left out. */
        public int left() {
            return left;
        }

        /** Bytes of all files. */
        public long bytes() {
            return bytes;
        }
    }

    private FolderArchive(String shown, long most, boolean ours) {
        this.shown = shown;
        this.most = most;
        this.ours = ours;
    }

    /**
     * What a container has: owners and modes stay, pipes and devices are left out.
     *
     * @param path the folder, for messages
     * @param strip whether all names begin with a folder that is to be taken off
     * @param prefix the folder that all names are to begin with; empty for none
     * @param most bytes of all files at most
     */
    static Copied fromContainer(
            InputStream archive, String path, boolean strip, String prefix, OutputStream to, long most)
            throws IOException {
        return new FolderArchive(path, most, false).copy(archive, strip, prefix, to);
    }

    /**
     * What a person sends, packed by gzip or not: nobody's in particular, with plain permissions; pipes and devices are refused.
     *
     * @param path the folder, for messages
     * @param most bytes of all files at most
     * @throws FileException if it is no such archive
     */
    public static Copied fromPerson(InputStream archive, String path, OutputStream to, long most) throws IOException {
        BufferedInputStream in = new BufferedInputStream(archive, 1 << 16);
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        FolderArchive copy = new FolderArchive(path, most, true);
        try {
            Copied copied = copy.copy(packed ? new GZIPInputStream(in, 1 << 16) : in, false, "", to);
            if (copied.files == 0) {
                throw copy.refused(Messages.FolderArchive_empty());
            }
            return copied;
        } catch (ZipException e) {
            throw copy.refused(e.getMessage());
        }
    }

    private Copied copy(InputStream archive, boolean strip, String prefix, OutputStream to) throws IOException {
        TarReader tar =
                new TarReader(new BufferedInputStream(archive, 1 << 16), new TarReader.Limits(MOST_ENTRIES, most));
        TarWriter writer = new TarWriter(to, Instant.EPOCH);
        String before = prefix.isEmpty() ? "" : prefix + "/";
        try {
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                String name = strip ? inside(entry.name()) : entry.name();
                if (name.isEmpty()) {
                    continue;
                }
                String link = entry.kind() == TarEntry.Kind.HARD_LINK && strip ? inside(entry.link()) : entry.link();
                if (isTaken(entry.kind(), name, link)) {
                    writer.add(entry(entry, before, name, link), tar, tar.written());
                    copied.files++;
                    copied.bytes += entry.size();
                }
            }
        } catch (LayerException e) {
            throw refused(e.getMessage());
        }
        writer.close();
        return copied;
    }

    private static String inside(String name) {
        return name.contains("/") ? name.substring(name.indexOf('/') + 1) : "";
    }

    private boolean isTaken(TarEntry.Kind kind, String name, String link) throws FileException {
        boolean plain = kind == TarEntry.Kind.FILE
                || kind == TarEntry.Kind.FOLDER
                || kind == TarEntry.Kind.SYMLINK
                || kind == TarEntry.Kind.HARD_LINK;
        if (!plain && !ours) {
            copied.left++;
            return false;
        }
        if (!plain) {
            throw refused(Messages.FolderArchive_kind(ContainerFiles.shown(name)));
        }
        for (String part : name.split("/")) {
            if (!ContainerFiles.isReachable(part)) {
                throw refused(Messages.FolderArchive_name(ContainerFiles.shown(name)));
            }
        }
        for (String above = EntryNames.parent(name); !above.isEmpty(); above = EntryNames.parent(above)) {
            if (seen.getOrDefault(above, TarEntry.Kind.FOLDER) != TarEntry.Kind.FOLDER) {
                throw refused(Messages.FolderArchive_below(ContainerFiles.shown(name)));
            }
        }
        if (kind == TarEntry.Kind.HARD_LINK && seen.get(link) != TarEntry.Kind.FILE) {
            throw refused(Messages.FolderArchive_link(ContainerFiles.shown(name)));
        }
        TarEntry.Kind now = kind == TarEntry.Kind.HARD_LINK ? TarEntry.Kind.FILE : kind;
        TarEntry.Kind before = seen.put(name, now);
        if (before != null && (kind != TarEntry.Kind.FOLDER || before != TarEntry.Kind.FOLDER)) {
            throw refused(Messages.FolderArchive_twice(ContainerFiles.shown(name)));
        }
        return true;
    }

    private TarEntry entry(TarEntry entry, String before, String name, String link) {
        TarEntry copy =
                switch (entry.kind()) {
                    case FILE -> TarEntry.file(before + name, entry.mode(), entry.size());
                    case FOLDER -> TarEntry.folder(before + name, entry.mode());
                    case SYMLINK -> TarEntry.symlink(before + name, link);
                    default ->
                        TarEntry.kept(before + name, TarEntry.Kind.HARD_LINK, before + link)
                                .withMode(entry.mode());
                };
        return ours ? copy.withMode(entry.mode() & PERMISSIONS) : copy.ownedBy(entry.userId(), entry.groupId());
    }

    private FileException refused(String why) {
        return new FileException(
                FileException.Kind.INPUT, Messages._FolderArchive_refused(ContainerFiles.shown(shown), why));
    }
}
