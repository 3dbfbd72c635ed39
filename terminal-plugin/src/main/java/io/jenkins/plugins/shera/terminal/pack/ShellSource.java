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
import org.jvnet.localizer.Localizable;

/** Brings chosen files out of a container by its own tar, or its cat and readlink where it has no tar. */
public final class ShellSource implements FileSource {
    private static final int EXECUTABLE = 0111;
    private static final int LONGEST_ARGUMENTS = 16 * 1024;

    /** Rights of programs, and what users wrote; GNU tar gives them, those of busybox and toybox do not. */
    private static final List<String> ATTRIBUTES =
            List.of("--xattrs", "--xattrs-include=" + Spool.CAPABILITY, "--xattrs-include=user.*");

    private final ContainerShell shell;
    private boolean lost;

    /** Of the container the shell enters. */
    public ShellSource(ContainerShell shell) {
        this.shell = shell;
    }

    @Override
    public void confirm() throws IOException {
        shell.confirm();
    }

    @Override
    public Spool fetch(Path folder, Map<String, ContainerFile> wanted) throws IOException {
        Spool spool = new Spool(folder, wanted);
        boolean attributes = hasTar(ATTRIBUTES);
        boolean tar = attributes || hasTar(List.of());
        lost = !attributes
                && wanted.values().stream()
                        .anyMatch(file -> file.kind() == TarEntry.Kind.FILE && (file.permissions() & EXECUTABLE) != 0);
        for (List<String> batch : batches(spool.missing())) {
            if (tar) {
                byTar(spool, batch, attributes ? ATTRIBUTES : List.of());
            } else {
                for (String name : batch) {
                    oneByOne(spool, wanted.get(name));
                }
            }
        }
        return spool;
    }

    @Override
    public List<Localizable> remarks() {
        return lost ? List.of(Messages._ShellSource_attributes()) : List.of();
    }

    private boolean hasTar(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(options);
        command.addAll(List.of("-cf", "-", "-C", "/", "proc/self/mountinfo"));
        int code = shell.run(command, OutputStream.nullOutputStream()).code();
        return code == 0 || code == 1 && options.isEmpty();
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

    private void byTar(Spool spool, List<String> batch, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(options);
        command.addAll(List.of("-cf", "-", "-C", "/", "--"));
        long bytes = 0;
        for (String name : batch) {
            command.add("./" + name);
            bytes += spool.wanted(name).size();
        }
        Path archive = Files.createTempFile(spool.folder(), "batch-", ".tar");
        ContainerShell.Ended ended;
        try (OutputStream out = Files.newOutputStream(archive)) {
            ended = shell.run(command, new Bounded(out, 2 * bytes + 16_384L * batch.size() + (1 << 20)));
        }
        if (ended.code() != 0) {
            throw unread(ended, "tar");
        }
        try (InputStream in = Files.newInputStream(archive)) {
            unpack(spool, in, batch);
        }
        Files.delete(archive);
        for (String name : batch) {
            if (!spool.has(name)) {
                throw Spool.changed(name);
            }
        }
    }

    /** Takes only what was asked for and of the kinds asked for: the archive is written by a program in the container. */
    private static void unpack(Spool spool, InputStream in, List<String> batch) throws IOException {
        TarReader tar = new TarReader(new java.io.BufferedInputStream(in, 1 << 16), TarReader.Limits.USUAL);
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            String name = entry.name();
            if (!batch.contains(name) || spool.has(name)) {
                throw new PackException(Messages._Spool_hostile_asked(Quoted.of("/" + name)));
            }
            spool.take(entry, tar);
        }
    }

    private void oneByOne(Spool spool, ContainerFile file) throws IOException {
        boolean link = file.kind() == TarEntry.Kind.SYMLINK;
        if (link) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            ContainerShell.Ended ended =
                    shell.run(List.of("readlink", "-n", "/" + file.name()), new Bounded(text, 8192));
            if (ended.code() != 0) {
                throw unread(ended, "readlink");
            }
            spool.take(
                    TarEntry.symlink(file.name(), text.toString(StandardCharsets.UTF_8))
                            .ownedBy(file.userId(), file.groupId()),
                    null);
            return;
        }
        Path content = Files.createTempFile(spool.folder(), "one-", ".out");
        try (OutputStream out = Files.newOutputStream(content)) {
            ContainerShell.Ended ended =
                    shell.run(List.of("cat", "/" + file.name()), new Bounded(out, file.size() + 1));
            if (ended.code() != 0) {
                throw unread(ended, "cat");
            }
        }
        try (InputStream in = Files.newInputStream(content)) {
            spool.take(
                    TarEntry.file(file.name(), file.permissions(), Files.size(content))
                            .ownedBy(file.userId(), file.groupId()),
                    in);
        }
        Files.delete(content);
    }

    private static PackException unread(ContainerShell.Ended ended, String program) {
        String first = ended.errors().lines().findFirst().orElse("exit code " + ended.code());
        return new PackException(
                Messages._Spool_unread(first.replaceAll("[^\\x20-\\x7e\\xa0-\\x{10ffff}]", "?"), program));
    }
}
