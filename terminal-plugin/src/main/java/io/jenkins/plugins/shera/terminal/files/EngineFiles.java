package io.jenkins.plugins.shera.terminal.files;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerException;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.layer.TarWriter;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.terminal.docker.Engine;
import io.jenkins.plugins.shera.terminal.docker.EngineArchive;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import io.jenkins.plugins.shera.terminal.docker.EngineException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a container of a docker engine. Files are read by the engine's archives. What needs a program of the container is done by
 * it, and where the image has none lists and writes go by archives, too; then a write that breaks leaves a part of the file.
 */
public final class EngineFiles implements FileRoom {
    private static final int NEW_FILE = 0644;
    private static final TarReader.Limits LISTED = new TarReader.Limits(100_000, 256L << 20);

    private final Engine engine;
    private final EngineContainer container;
    private final FileRoom byShell;

    /** The shell enters the same container. */
    public EngineFiles(Engine engine, EngineContainer container, FileShell shell) {
        this.engine = engine;
        this.container = container;
        this.byShell = new ContainerFiles(shell);
    }

    @Override
    public Listing list(String folder) throws IOException {
        try {
            return byShell.list(folder);
        } catch (FileException e) {
            if (e.kind() != FileException.Kind.NO_TOOLS) {
                throw e;
            }
            return listed(folder);
        }
    }

    private Listing listed(String folder) throws IOException {
        Map<String, ListedFile> files = new TreeMap<>();
        boolean whole = true;
        try (EngineArchive archive = open(folder);
                TarReader tar = archive.tar(LISTED)) {
            String root = isRoot(folder) ? "" : null;
            for (TarEntry entry = tar.next(); entry != null && whole; entry = tar.next()) {
                if (root == null) {
                    if (entry.kind() != TarEntry.Kind.FOLDER) {
                        throw kind(folder);
                    }
                    root = entry.name();
                } else if (EntryNames.parent(entry.name()).equals(root)) {
                    String name = EntryNames.last(entry.name());
                    files.put(name, listed(name, entry, tar.written()));
                    whole = files.size() <= ContainerFiles.MOST_ENTRIES;
                }
            }
        } catch (LayerException e) {
            whole = false;
        }
        return new Listing(
                files.values().stream()
                        .sorted(Comparator.comparing(ListedFile::name))
                        .limit(ContainerFiles.MOST_ENTRIES)
                        .toList(),
                whole);
    }

    private static ListedFile listed(String name, TarEntry entry, long written) {
        String kind =
                switch (entry.kind()) {
                    case FILE, HARD_LINK -> "file";
                    case FOLDER -> "folder";
                    case SYMLINK -> "link";
                    default -> "special";
                };
        return new ListedFile(
                name,
                kind,
                entry.mode(),
                entry.size(),
                Instant.ofEpochSecond(written),
                ContainerFiles.isReachable(name));
    }

    @Override
    public long read(String path, OutputStream to, long most) throws IOException {
        try (EngineArchive archive = open(path);
                TarReader tar = archive.tar(new TarReader.Limits(10, Long.MAX_VALUE))) {
            TarEntry entry = tar.next();
            if (entry == null || entry.kind() != TarEntry.Kind.FILE) {
                throw kind(path);
            }
            if (entry.size() > most) {
                throw new FileException(
                        FileException.Kind.INPUT,
                        Messages._ContainerFiles_large(ContainerFiles.shown(path), String.valueOf(most)));
            }
            return tar.transferTo(to);
        }
    }

    @Override
    public void write(String path, Path content, String expected) throws IOException {
        try {
            byShell.write(path, content, expected);
        } catch (FileException e) {
            if (e.kind() != FileException.Kind.NO_TOOLS) {
                throw e;
            }
            unpack(path, content);
        }
    }

    private void unpack(String path, Path content) throws IOException {
        String target = path;
        Optional<TarEntry> old = Optional.empty();
        try {
            target = target(path);
            old = first(target);
        } catch (FileException e) {
            if (e.kind() != FileException.Kind.MISSING) {
                throw e;
            }
        }
        if (old.isPresent() && old.get().kind() != TarEntry.Kind.FILE) {
            throw kind(path);
        }
        String name = target.replaceAll("^/+|/+$", "");
        if (name.isEmpty()) {
            throw kind(path);
        }
        TarEntry entry = TarEntry.file(
                        EntryNames.last(name), old.map(TarEntry::mode).orElse(NEW_FILE), Files.size(content))
                .ownedBy(
                        old.map(TarEntry::userId).orElse(0L),
                        old.map(TarEntry::groupId).orElse(0L));
        LayerWriter writer = new LayerWriter(Instant.now());
        writer.add(entry, BlobSource.of(content));
        Path packed = Files.createTempFile("shera-unpack-", ".tar.gz");
        try {
            Layer layer = writer.write(packed);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(packed))) {
                engine.unpack(
                        container,
                        "/" + EntryNames.parent(name),
                        in,
                        layer.descriptor().size());
            }
        } catch (EngineException e) {
            throw e.kind() == EngineException.Kind.NOT_FOUND ? missing(path) : e;
        } finally {
            Files.delete(packed);
        }
    }

    @Override
    public FolderArchive.Copied readFolder(String path, OutputStream to, long most, Passage passage)
            throws IOException {
        boolean root = isRoot(path);
        try (EngineArchive archive = open(path);
                InputStream tar = passage.through(archive.raw())) {
            if (!archive.isFolder()) {
                throw kind(path);
            }
            return FolderArchive.fromContainer(tar, path, !root, ContainerFiles.folderName(path), to, most);
        }
    }

    /** By the engine itself where the image has no tar: then it belongs to whom the folder belongs to. */
    @Override
    public void writeFolder(String path, Path archive) throws IOException {
        try {
            byShell.writeFolder(path, archive);
        } catch (FileException e) {
            if (e.kind() != FileException.Kind.NO_TOOLS) {
                throw e;
            }
            unpackAll(path, archive);
        }
    }

    private void unpackAll(String path, Path archive) throws IOException {
        String target = target(path);
        TarEntry folder = null;
        if (!isRoot(target)) {
            folder = first(target).orElse(null);
            if (folder == null || folder.kind() != TarEntry.Kind.FOLDER) {
                throw kind(path);
            }
        }
        Path owned = Files.createTempFile("shera-folder-", ".tar");
        try {
            try (TarReader in = new TarReader(
                            new BufferedInputStream(Files.newInputStream(archive)), TarReader.Limits.USUAL);
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(owned));
                    TarWriter to = new TarWriter(out, Instant.now())) {
                for (TarEntry entry = in.next(); entry != null; entry = in.next()) {
                    TarEntry ours = folder == null ? entry : entry.ownedBy(folder.userId(), folder.groupId());
                    to.add(ours, in, in.written());
                }
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(owned))) {
                engine.unpack(container, target, in, Files.size(owned));
            }
        } catch (EngineException e) {
            throw e.kind() == EngineException.Kind.NOT_FOUND ? missing(path) : e;
        } finally {
            Files.delete(owned);
        }
    }

    /** What the path leads to. An engine gives one archive of a container at a time, so each is closed before the next. */
    private String target(String path) throws IOException {
        try (EngineArchive archive = archive(path)) {
            return archive.link().isEmpty() ? path : archive.link();
        }
    }

    private Optional<TarEntry> first(String path) throws IOException {
        try (EngineArchive archive = archive(path);
                TarReader tar = archive.tar(new TarReader.Limits(10, Long.MAX_VALUE))) {
            return Optional.ofNullable(tar.next());
        }
    }

    @Override
    public void delete(String path) throws IOException {
        byShell.delete(path);
    }

    /** Of what the path leads to. */
    private EngineArchive open(String path) throws IOException {
        EngineArchive archive = archive(path);
        if (archive.link().isEmpty()) {
            return archive;
        }
        archive.close();
        return archive(archive.link());
    }

    private EngineArchive archive(String path) throws IOException {
        ContainerFiles.check(path);
        if (Arrays.stream(path.split("/")).anyMatch(part -> part.equals(".") || part.equals(".."))) {
            throw new FileException(
                    FileException.Kind.INPUT, Messages._ContainerFiles_path(ContainerFiles.shown(path)));
        }
        try {
            return engine.archive(container, isRoot(path) ? "/." : path);
        } catch (EngineException e) {
            throw e.kind() == EngineException.Kind.NOT_FOUND ? missing(path) : e;
        }
    }

    /** Of the root an engine gives names that begin with a slash, unless it is asked for what is in it. */
    private static boolean isRoot(String path) {
        return path.chars().allMatch(c -> c == '/');
    }

    private static FileException kind(String path) {
        return new FileException(FileException.Kind.INPUT, Messages._ContainerFiles_kind(ContainerFiles.shown(path)));
    }

    private static FileException missing(String path) {
        return new FileException(
                FileException.Kind.MISSING, Messages._ContainerFiles_missing(ContainerFiles.shown(path)));
    }
}
