package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings chosen files out of a container into numbered files of one folder, so that no name of the container ever becomes a
 * name on our disk. Uses the container's tar, or its cat and readlink where it has no tar.
 */
final class Spool {
    private static final int LONGEST_ARGUMENTS = 16 * 1024;

    private final ContainerShell shell;
    private final Path folder;
    private final Map<String, ContainerFile> wanted;
    private final TreeMap<String, TarEntry> entries = new TreeMap<>();
    private final TreeMap<String, Path> contents = new TreeMap<>();
    private int count;

    /** The folder is the caller's to delete. */
    Spool(ContainerShell shell, Path folder, Map<String, ContainerFile> wanted) {
        this.shell = shell;
        this.folder = folder;
        this.wanted = wanted;
    }

    /** Fetches them all, or fails. */
    void fetch() throws IOException {
        List<String> names = new ArrayList<>();
        for (ContainerFile file : wanted.values()) {
            if (file.kind() == TarEntry.Kind.FOLDER) {
                entries.put(
                        file.name(),
                        TarEntry.folder(file.name(), file.permissions()).ownedBy(file.userId(), file.groupId()));
            } else {
                names.add(file.name());
            }
        }
        boolean tar = hasTar();
        for (List<String> batch : batches(names)) {
            if (tar) {
                byTar(batch);
            } else {
                for (String name : batch) {
                    oneByOne(wanted.get(name));
                }
            }
        }
    }

    /** Heads of what was fetched, by name. */
    Map<String, TarEntry> entries() {
        return entries;
    }

    /** Where the content of a file lies. */
    Path content(String name) {
        return contents.get(name);
    }

    private boolean hasTar() throws IOException {
        int code = shell.run(
                        List.of("tar", "-cf", "-", "-C", "/", "proc/self/mountinfo"), OutputStream.nullOutputStream())
                .code();
        return code == 0 || code == 1;
    }

    private static List<List<String>> batches(List<String> names) {
        List<List<String>> batches = new ArrayList<>();
        int length = LONGEST_ARGUMENTS;
        for (String name : names) {
            int bytes = name.getBytes(StandardCharsets.UTF_8).length + 3;
            if (length + bytes > LONGEST_ARGUMENTS) {
                batches.add(new ArrayList<>());
                length = 0;
            }
            batches.get(batches.size() - 1).add(name);
            length += bytes;
        }
        return batches;
    }

    private void byTar(List<String> batch) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar", "-cf", "-", "-C", "/", "--"));
        long bytes = 0;
        for (String name : batch) {
            command.add("./" + name);
            bytes += wanted.get(name).size();
        }
        Path archive = Files.createTempFile(folder, "batch-", ".tar");
        ContainerShell.Ended ended;
        try (OutputStream out = Files.newOutputStream(archive)) {
            ended = shell.run(command, new Bounded(out, 2 * bytes + 16_384L * batch.size() + (1 << 20)));
        }
        if (ended.code() != 0) {
            throw unread(ended, "tar");
        }
        try (InputStream in = Files.newInputStream(archive)) {
            unpack(in, batch);
        }
        Files.delete(archive);
        for (String name : batch) {
            if (!entries.containsKey(name)) {
                throw changed(name);
            }
        }
    }

    /** Takes only what was asked for and of the kinds asked for: the archive is written by a program in the container. */
    private void unpack(InputStream in, List<String> batch) throws IOException {
        TarReader tar = new TarReader(new java.io.BufferedInputStream(in, 1 << 16), TarReader.Limits.USUAL);
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            String name = entry.name();
            boolean link = entry.kind() == TarEntry.Kind.HARD_LINK;
            if (!batch.contains(name) || entries.containsKey(name)) {
                throw new PackException(Messages._Spool_hostile_asked(Quoted.of("/" + name)));
            }
            if (link
                    ? contents.get(entry.link()) == null
                    : entry.kind() != wanted.get(name).kind()) {
                String shown = Quoted.of("/" + name);
                throw new PackException(
                        link ? Messages._Spool_hostile_link(shown) : Messages._Spool_hostile_kind(shown));
            }
            if (entry.kind() == TarEntry.Kind.FILE) {
                if (entry.size() != wanted.get(name).size()) {
                    throw changed(name);
                }
                Path content = next();
                Files.copy(tar, content);
                contents.put(name, content);
            } else if (link) {
                contents.put(name, contents.get(entry.link()));
            }
            entries.put(name, entry);
        }
    }

    private void oneByOne(ContainerFile file) throws IOException {
        boolean link = file.kind() == TarEntry.Kind.SYMLINK;
        if (link) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            ContainerShell.Ended ended =
                    shell.run(List.of("readlink", "-n", "/" + file.name()), new Bounded(text, 8192));
            if (ended.code() != 0) {
                throw unread(ended, "readlink");
            }
            entries.put(
                    file.name(),
                    TarEntry.symlink(file.name(), text.toString(StandardCharsets.UTF_8))
                            .ownedBy(file.userId(), file.groupId()));
            return;
        }
        Path content = next();
        try (OutputStream out = Files.newOutputStream(content)) {
            ContainerShell.Ended ended =
                    shell.run(List.of("cat", "/" + file.name()), new Bounded(out, file.size() + 1));
            if (ended.code() != 0) {
                throw unread(ended, "cat");
            }
        }
        if (Files.size(content) != file.size()) {
            throw changed(file.name());
        }
        contents.put(file.name(), content);
        entries.put(
                file.name(),
                TarEntry.file(file.name(), file.permissions(), file.size()).ownedBy(file.userId(), file.groupId()));
    }

    private Path next() {
        return folder.resolve("content-" + count++);
    }

    private static PackException unread(ContainerShell.Ended ended, String program) {
        String first = ended.errors().lines().findFirst().orElse("exit code " + ended.code());
        return new PackException(
                Messages._Spool_unread(first.replaceAll("[^\\x20-\\x7e\\xa0-\\x{10ffff}]", "?"), program));
    }

    private static PackException changed(String name) {
        return new PackException(Messages._Spool_changed(name));
    }
}
