package io.jenkins.plugins.shera.terminal.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.layer.TarWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import jenkins.MasterToSlaveFileCallable;

/** Folders of a workspace as archives, packed and unpacked on the machine where the workspace is. */
final class WorkspaceFolder {
    private static final int PLAIN = 0644;
    private static final int RUNNABLE = 0755;
    private static final int MOST_ENTRIES = 100_000;

    private WorkspaceFolder() {}

    /**
     * Packs a folder with all below it into a file here.
     *
     * @param name what all names in the archive begin with
     * @param most bytes of all files at most
     * @throws AbortException if there is more
     */
    static void pack(FilePath folder, String name, long most, Path to) throws IOException, InterruptedException {
        FilePath packed = new FilePath(folder.getChannel(), folder.act(new Pack(name, most)));
        try (OutputStream out = Files.newOutputStream(to)) {
            packed.copyTo(out);
        } finally {
            packed.delete();
        }
    }

    /**
     * Unpacks an archive of a container below a folder, which is made where it is not there; the folder that all its names begin with is
     * taken off.
     *
     * @return how many files came, and how many links were left out: a container does not say what of the agent a build reads
     */
    static int[] unpack(Path archive, FilePath folder) throws IOException, InterruptedException {
        folder.mkdirs();
        FilePath there = folder.createTempFile(".shera-", ".tar.gz");
        try {
            try (InputStream in = Files.newInputStream(archive)) {
                there.copyFrom(in);
            }
            return folder.act(new Unpack(there.getName()));
        } finally {
            there.delete();
        }
    }

    /** Writes an archive beside the workspace and says where. */
    private static final class Pack extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final long most;

        Pack(String name, long most) {
            this.name = name;
            this.most = most;
        }

        @Override
        public String invoke(File folder, VirtualChannel channel) throws IOException {
            Path root = folder.toPath();
            Path packed = Files.createTempFile("shera-folder-", ".tar");
            boolean done = false;
            try (Stream<Path> all = Files.walk(root);
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(packed));
                    TarWriter tar = new TarWriter(out, Instant.EPOCH)) {
                List<Path> files = all.sorted().limit(MOST_ENTRIES + 1L).toList();
                long left = most;
                for (Path file : files) {
                    left -= add(tar, root, file, left);
                    if (left < 0 || files.size() > MOST_ENTRIES) {
                        throw new AbortException(Messages.ContainerSession_large(name, String.valueOf(most)));
                    }
                }
                done = true;
            } finally {
                if (!done) {
                    Files.delete(packed);
                }
            }
            return packed.toString();
        }

        /** The bytes of it; nothing is written of what is larger than is left. */
        private long add(TarWriter tar, Path root, Path file, long left) throws IOException {
            String below = root.relativize(file).toString().replace(File.separatorChar, '/');
            String full = below.isEmpty() ? name : name + "/" + below;
            InputStream nothing = new ByteArrayInputStream(new byte[0]);
            long written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .getEpochSecond();
            if (Files.isSymbolicLink(file)) {
                String link = Files.readSymbolicLink(file).toString().replace(File.separatorChar, '/');
                tar.add(TarEntry.symlink(full, link), nothing, written);
            } else if (Files.isDirectory(file)) {
                tar.add(TarEntry.folder(full, RUNNABLE), nothing, written);
            } else if (Files.isRegularFile(file)) {
                long size = Files.size(file);
                if (size <= left) {
                    try (InputStream in = Files.newInputStream(file)) {
                        tar.add(TarEntry.file(full, Files.isExecutable(file) ? RUNNABLE : PLAIN, size), in, written);
                    }
                }
                return size;
            }
            return 0;
        }
    }

    /** Unpacks the archive of that name, which lies in the folder. */
    private static final class Unpack extends MasterToSlaveFileCallable<int[]> {
        private static final long serialVersionUID = 1L;

        private final String archive;

        Unpack(String archive) {
            this.archive = archive;
        }

        @Override
        public int[] invoke(File folder, VirtualChannel channel) throws IOException {
            Path root = folder.toPath().toRealPath();
            int files = 0;
            int left = 0;
            try (InputStream in = new GZIPInputStream(Files.newInputStream(root.resolve(archive)), 1 << 16);
                    TarReader tar = new TarReader(new BufferedInputStream(in), TarReader.Limits.USUAL)) {
                for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                    String name = below(entry.name());
                    if (name.isEmpty()) {
                        continue;
                    }
                    switch (entry.kind()) {
                        case FOLDER -> folder(root, name);
                        case FILE -> {
                            Path file = free(root, name);
                            Files.copy(tar, file);
                            runnable(file, entry.mode());
                            files++;
                        }
                        case HARD_LINK -> {
                            Path first = folder(root, EntryNames.parent(below(entry.link())))
                                    .resolve(EntryNames.last(below(entry.link())));
                            Path file = free(root, name);
                            if (Files.isRegularFile(first, LinkOption.NOFOLLOW_LINKS)) {
                                Files.copy(first, file);
                                files++;
                            } else {
                                left++;
                            }
                        }
                        default -> left++;
                    }
                }
            }
            return new int[] {files, left};
        }

        private static String below(String name) {
            return name.contains("/") ? name.substring(name.indexOf('/') + 1) : "";
        }

        /** A folder below the root, made where it is not there; what is a link on the way gives way to a folder. */
        private static Path folder(Path root, String name) throws IOException {
            Path at = root;
            for (String part : name.isEmpty() ? new String[0] : name.split("/")) {
                at = at.resolve(part);
                if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(at);
                    Files.createDirectory(at);
                }
            }
            return at;
        }

        private static Path free(Path root, String name) throws IOException {
            Path file = folder(root, EntryNames.parent(name)).resolve(EntryNames.last(name));
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new AbortException(Messages.ContainerSession_folder(name));
            }
            Files.deleteIfExists(file);
            return file;
        }

        private static void runnable(Path file, int mode) throws IOException {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && (mode & 0100) != 0) {
                Set<PosixFilePermission> permissions = view.readAttributes().permissions();
                permissions.add(PosixFilePermission.OWNER_EXECUTE);
                view.setPermissions(permissions);
            }
        }
    }
}
