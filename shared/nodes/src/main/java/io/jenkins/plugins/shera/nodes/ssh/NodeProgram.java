package io.jenkins.plugins.shera.nodes.ssh;

import io.jenkins.plugins.shera.nodes.remote.NodeMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The jar that a machine runs: exactly the classes that Jenkins itself runs, so that both always speak the same. */
public final class NodeProgram {
    private final String name;
    private final List<Class<?>> parts;
    private byte[] jar;
    private String sha;

    /**
     * Nothing is read yet.
     *
     * @param name of its folder below {@code .cache}, a letter or more of a-z and hyphens
     * @param parts one class of every jar that errands need beside this one
     */
    public NodeProgram(String name, List<Class<?>> parts) {
        if (!name.matches("[a-z][a-z-]{0,40}")) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a program on another machine");
        }
        this.name = name;
        this.parts = Stream.concat(Stream.of(NodeMain.class), parts.stream()).toList();
    }

    String folder() {
        return ".cache/" + name;
    }

    /** Made once. */
    synchronized byte[] jar() throws IOException {
        if (jar == null) {
            jar = merge();
        }
        return jar.clone();
    }

    /** SHA-256 in hex. */
    synchronized String sha() throws IOException {
        if (sha == null) {
            try {
                sha = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(jar()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
        return sha;
    }

    private byte[] merge() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Class<?> part : parts) {
            Path source = source(part);
            if (Files.isDirectory(source)) {
                ofFolder(source, files);
            } else {
                ofJar(source, files);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                // The same content has the same digest on every Jenkins.
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Path source(Class<?> part) throws IOException {
        try {
            return Path.of(
                    part.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("cannot find the file that " + part.getName() + " was loaded from", e);
        }
    }

    private static void ofFolder(Path folder, Map<String, byte[]> files) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (isNeeded(name)) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
    }

    private static void ofJar(Path jar, Map<String, byte[]> files) throws IOException {
        try (InputStream stream = Files.newInputStream(jar);
                ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && isNeeded(entry.getName())) {
                    files.putIfAbsent(entry.getName(), zip.readAllBytes());
                }
            }
        }
    }

    private static boolean isNeeded(String name) {
        return !name.startsWith("META-INF/") && !name.equals("module-info.class");
    }
}
