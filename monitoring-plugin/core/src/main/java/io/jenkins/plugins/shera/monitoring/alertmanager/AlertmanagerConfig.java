package io.jenkins.plugins.shera.monitoring.alertmanager;

import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The configuration of one Alertmanager on this machine, of which tenants have parts. What amtool refuses never takes its place, and
 * what Alertmanager refuses is taken back, to the byte. Secrets lie in files of their own beside it, in {@code shera-secrets}.
 */
public final class AlertmanagerConfig implements NoticeTarget {

    private static final Duration CHECK_LIMIT = Duration.ofSeconds(60);
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Path file;
    private final Path amtool;
    private final AlertmanagerClient client;

    /** Nothing is done yet. */
    public AlertmanagerConfig(Path file, Path amtool, AlertmanagerClient client) {
        this.file = file.toAbsolutePath().normalize();
        this.amtool = amtool;
        this.client = client;
    }

    /**
     * What a tenant wants.
     *
     * @param secrets by receiver
     */
    public record Wanted(String tenant, NoticeBook book, NoticePolicy policy, Map<String, String> secrets)
            implements Serializable {
        /** Keeps its own copy. */
        public Wanted {
            secrets = Map.copyOf(secrets);
        }

        @Override
        public String toString() {
            return "Wanted[" + tenant + ", " + secrets.size() + " secrets]";
        }
    }

    @Override
    public void check(Wanted wanted) throws IOException, InterruptedException {
        try (FileChannel channel = open();
                FileLock lock = locked(channel)) {
            test(ConfigText.with(Files.readString(file), block(wanted, false).part()), wanted.tenant());
        }
    }

    @Override
    public void push(Wanted wanted) throws IOException, InterruptedException {
        try (FileChannel channel = open();
                FileLock lock = locked(channel)) {
            push(block(wanted, true).part());
        }
    }

    @Override
    public void push(Heartbeat beat, String token) throws IOException, InterruptedException {
        try (FileChannel channel = open();
                FileLock lock = locked(channel)) {
            push(beat.part(secret(Heartbeat.OWNER, Heartbeat.RECEIVER, token, true)));
        }
    }

    private void push(Part part) throws IOException, InterruptedException {
        String before = Files.readString(file);
        String after = ConfigText.with(before, part);
        if (after.equals(before)) {
            prove(after, part.owner());
        } else {
            test(after, part.owner());
            replace(after);
            try {
                reload();
                prove(after, part.owner());
            } catch (IOException | InterruptedException | RuntimeException e) {
                putBack(before, e);
                throw e;
            }
        }
        tidy(part.owner(), after);
    }

    @Override
    public boolean isInForce(String tenant) throws IOException {
        return ConfigShape.agree(Files.readString(file), client.configuration(), tenant);
    }

    @Override
    public boolean holds(Wanted wanted) throws IOException {
        String text = Files.readString(file);
        return ConfigText.with(text, block(wanted, false).part()).equals(text);
    }

    @Override
    public boolean knows(String tenant) throws IOException {
        String text = Files.readString(file);
        return !ConfigText.without(text, tenant).equals(text);
    }

    private void reload() throws IOException {
        try {
            client.reload();
        } catch (AlertmanagerClient.AlertmanagerException e) {
            throw e.isRefused() ? new Rollover.RefusedException(e.getMessage()) : e;
        }
    }

    private void putBack(String before, Exception first) {
        try {
            replace(before);
            client.reload();
        } catch (IOException e) {
            // The first failure tells what is wrong; that the way back failed too must not hide it.
            first.addSuppressed(e);
        }
    }

    private TenantBlock block(Wanted wanted, boolean write) throws IOException {
        Map<String, Path> files = new HashMap<>();
        for (Map.Entry<String, String> secret : wanted.secrets().entrySet()) {
            files.put(secret.getKey(), secret(wanted.tenant(), secret.getKey(), secret.getValue(), write));
        }
        return new TenantBlock(wanted.tenant(), wanted.book(), wanted.policy(), files);
    }

    /** The file of a secret, whose name changes with it: an older configuration goes on with the older file. */
    private Path secret(String owner, String receiver, String text, boolean write) throws IOException {
        Path at = secrets().resolve(prefix(owner) + receiver + "." + digest(text));
        if (write && !Files.exists(at)) {
            Files.createDirectories(secrets());
            Path beside = Files.createTempFile(secrets(), ".", ".new");
            Files.writeString(beside, text);
            // The group of the folder is that of Alertmanager; others read nothing.
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r-----"));
            Files.move(beside, at, StandardCopyOption.ATOMIC_MOVE);
        }
        return at;
    }

    private static String prefix(String tenant) {
        return tenant + ".";
    }

    private Path secrets() {
        return file.resolveSibling("shera-secrets");
    }

    /** Takes away files of secrets that nothing names any more. */
    private void tidy(String tenant, String text) throws IOException {
        if (!Files.isDirectory(secrets())) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(secrets())) {
            for (Path each : all) {
                if (fileName(each).startsWith(prefix(tenant)) && !text.contains(each.toString())) {
                    Files.delete(each);
                }
            }
        }
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                file.resolveSibling("." + fileName(file) + ".shera-lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    /** A change that is at work is waited for: it may be one of those that Jenkins makes by itself. */
    private static FileLock locked(FileChannel channel) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                // Another thread of this process: the same answer as for another process.
            }
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new IOException("another change of Alertmanager is being made; try again when it has finished");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private void test(String text, String tenant) throws IOException, InterruptedException {
        Path candidate = file.resolveSibling("." + fileName(file) + ".shera-new");
        Files.writeString(candidate, text);
        try {
            Command.Result result = Command.run(
                    List.of(amtool.toString(), "check-config", candidate.toString()), parent(), CHECK_LIMIT);
            if (!result.succeeded()) {
                throw new Rollover.RefusedException("amtool refused the receivers and routes of " + tenant + ": "
                        + result.output()
                                .replace(candidate.toString(), fileName(file))
                                .strip());
            }
        } finally {
            Files.deleteIfExists(candidate);
        }
    }

    private Path parent() {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a configuration lies in a folder: " + file);
        }
        return parent;
    }

    private void replace(String text) throws IOException {
        Path beside = Files.createTempFile(parent(), "." + fileName(file), ".new");
        try {
            Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
            Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void prove(String text, String tenant) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PROOF_LIMIT.toNanos();
        while (!ConfigShape.agree(text, client.configuration(), tenant)) {
            if (System.nanoTime() > deadline) {
                throw new Rollover.RefusedException(
                        "Alertmanager reloaded, but does not work by the receivers and routes of " + tenant
                                + ". Check that it was started with --config.file=" + file + ".");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
