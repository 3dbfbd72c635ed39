package io.jenkins.plugins.shera.nginx.ssh;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.difflib.DiffUtils;
import io.jenkins.plugins.shera.nginx.remote.NodeMain;
import io.jenkins.plugins.shera.nodes.Rollover;
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

/** The jar that a node runs: exactly the classes that Jenkins itself runs, so that both always speak the same. */
final class NodeProgram {
    private static final List<Class<?>> PARTS = List.of(
            NodeMain.class, Rollover.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class, DiffUtils.class);
    private static NodeProgram made;

    private final byte[] jar;
    private final String sha;

    private NodeProgram(byte[] jar) {
        this.jar = jar;
        try {
            this.sha = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Made once. */
    static synchronized NodeProgram get() throws IOException {
        if (made == null) {
            made = new NodeProgram(merge());
        }
        return made;
    }

    byte[] jar() {
        return jar.clone();
    }

    /** SHA-256 in hex. */
    String sha() {
        return sha;
    }

    private static byte[] merge() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Class<?> part : PARTS) {
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
