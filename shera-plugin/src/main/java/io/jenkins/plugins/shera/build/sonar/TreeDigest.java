package io.jenkins.plugins.shera.build.sonar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One number for all there is in a workspace, built files included, so that a later change of any of them shows. */
public final class TreeDigest extends SimpleFileVisitor<Path> {
    private static final Set<String> SKIPPED = Set.of(".git", ".scannerwork");

    private final Path root;
    private final TreeMap<String, String> entries = new TreeMap<>();
    private final byte[] buffer = new byte[1 << 16];

    private TreeDigest(Path root) {
        this.root = root;
    }

    /** SHA-256 in hex over names, kinds, modes and content; git's own folder and the scanner's are left out. */
    public static String of(Path root) throws IOException {
        TreeDigest digest = new TreeDigest(root);
        Files.walkFileTree(root, digest);
        MessageDigest sum = sha256();
        for (Map.Entry<String, String> entry : digest.entries.entrySet()) {
            sum.update((entry.getKey() + '\0' + entry.getValue() + '\0').getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sum.digest());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        Path name = folder.getFileName();
        if (!folder.equals(root) && name != null && SKIPPED.contains(name.toString())) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String name = root.relativize(file).toString();
        if (attributes.isSymbolicLink()) {
            entries.put(name, "link " + Files.readSymbolicLink(file));
        } else if (attributes.isRegularFile()) {
            entries.put(name, "file " + Files.isExecutable(file) + " " + content(file));
        } else {
            entries.put(name, "other");
        }
        return FileVisitResult.CONTINUE;
    }

    private String content(Path file) throws IOException {
        MessageDigest sum = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sum.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
