package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** A file or folder of the build context; links within folders are copied as links and never followed. */
final class ContextSource implements CopyFiles.Source {
    private final BuildContext context;
    private final Path path;
    private final boolean unpack;

    private ContextSource(BuildContext context, Path path, boolean unpack) {
        this.context = context;
        this.path = path;
        this.unpack = unpack;
    }

    /** With {@code unpack}, an archive is taken apart, as ADD does. */
    static List<ContextSource> find(BuildContext context, String name, boolean unpack) throws IOException {
        return context.find(name).stream()
                .map(path -> new ContextSource(context, path, unpack))
                .toList();
    }

    @Override
    public void writeTo(String target, boolean folder, CopyFiles layer) throws IOException {
        if (Files.isDirectory(path)) {
            below(path, target, layer);
        } else if (unpack && ArchiveSource.isArchive(path)) {
            new ArchiveSource(path).writeTo(target, layer);
        } else {
            add(
                    path,
                    attributes(path),
                    folder ? CopyFiles.join(target, String.valueOf(path.getFileName())) : target,
                    layer);
        }
    }

    private void below(Path folder, String target, CopyFiles layer) throws IOException {
        for (Path child : context.children(folder)) {
            String name = CopyFiles.join(target, String.valueOf(child.getFileName()));
            boolean wanted = context.isWanted(child);
            BasicFileAttributes found = attributes(child);
            if (found.isDirectory()) {
                if (wanted) {
                    layer.add(TarEntry.folder(name, mode(found, 0755)), BlobSource.of(new byte[0]));
                }
                below(child, name, layer);
            } else if (wanted) {
                add(child, found, name, layer);
            }
        }
    }

    private static void add(Path file, BasicFileAttributes found, String name, CopyFiles layer) throws IOException {
        if (found.isSymbolicLink()) {
            layer.add(TarEntry.symlink(name, Files.readSymbolicLink(file).toString()), BlobSource.of(new byte[0]));
        } else if (found.isRegularFile()) {
            layer.add(TarEntry.file(name, mode(found, 0644), found.size()), BlobSource.of(file));
        }
    }

    /** All at once: a context may hold very many files. */
    private static BasicFileAttributes attributes(Path file) throws IOException {
        Class<? extends BasicFileAttributes> kind =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? PosixFileAttributes.class
                        : BasicFileAttributes.class;
        return Files.readAttributes(file, kind, LinkOption.NOFOLLOW_LINKS);
    }

    /** The permission bits, or the usual ones where the system has none. */
    private static int mode(BasicFileAttributes found, int usual) {
        if (!(found instanceof PosixFileAttributes posix)) {
            return usual;
        }
        int mode = 0;
        for (PosixFilePermission permission : posix.permissions()) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }
}
