package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Unpacks layers, lowest first, into a folder of this machine, never following a link that is in it and never leaving it.
 *
 * <p>Owners are not set, set-user-id bits are dropped, devices and pipes are refused. A folder that is a link in a lower
 * layer and a folder in a higher one becomes a folder, as it would in a container.
 */
public final class Unpacker {
    private final Path root;
    private final Set<Path> ofThisLayer = new HashSet<>();

    /** The folder is made when it is not there. */
    public Unpacker(Path root) {
        this.root = root;
    }

    /** Lays one layer over what is there, and reads it to its end. */
    public void add(LayerStream layer) throws IOException {
        ofThisLayer.clear();
        Files.createDirectories(root);
        TarReader tar = layer.tar();
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            Path folder = folder(EntryNames.parent(entry.name()));
            String last = EntryNames.last(entry.name());
            if (last.equals(EntryNames.OPAQUE)) {
                hideLowerLayers(folder);
            } else if (last.startsWith(EntryNames.WHITEOUT)) {
                delete(folder.resolve(last.substring(EntryNames.WHITEOUT.length())));
            } else {
                write(entry, folder.resolve(last), tar);
            }
        }
        layer.finish();
    }

    private void write(TarEntry entry, Path target, TarReader tar) throws IOException {
        boolean folderStays = entry.kind() == TarEntry.Kind.FOLDER && isFolder(target);
        if (!folderStays) {
            delete(target);
        }
        switch (entry.kind()) {
            case FOLDER:
                if (!folderStays) {
                    Files.createDirectory(target);
                }
                mode(target, entry.mode() | 0700);
                break;
            case FILE:
                Files.copy(tar, target);
                mode(target, entry.mode() | 0400);
                break;
            case SYMLINK:
                Files.createSymbolicLink(target, Path.of(entry.link()));
                break;
            case HARD_LINK:
                link(entry, target);
                break;
            default:
                throw new LayerException("The layer holds the device or pipe " + Quoted.of("/" + entry.name())
                        + ", which is not unpacked here.");
        }
        ofThisLayer.add(target);
    }

    private void link(TarEntry entry, Path target) throws IOException {
        Path existing = folder(EntryNames.parent(entry.link())).resolve(EntryNames.last(entry.link()));
        if (!Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
            throw new LayerException("The layer links " + Quoted.of("/" + entry.name()) + " to "
                    + Quoted.of("/" + entry.link()) + ", which is no file of the image.");
        }
        Files.createLink(target, existing);
    }

    /** The folder for a name, made where it is missing; a link on the way gives way to a folder. */
    private Path folder(String name) throws IOException {
        Path at = root;
        for (String part : name.isEmpty() ? new String[0] : name.split("/")) {
            at = at.resolve(part);
            if (!isFolder(at)) {
                delete(at);
                Files.createDirectory(at);
                ofThisLayer.add(at);
            }
        }
        return at;
    }

    private void hideLowerLayers(Path folder) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (!ofThisLayer.contains(child)) {
                    delete(child);
                } else if (isFolder(child)) {
                    hideLowerLayers(child);
                }
            }
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void delete(Path path) throws IOException {
        if (isFolder(path)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private static void mode(Path path, int mode) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < 9; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                permissions.add(all[bit]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }
}
