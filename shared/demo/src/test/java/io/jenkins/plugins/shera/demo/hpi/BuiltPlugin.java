package io.jenkins.plugins.shera.demo.hpi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** One built plugin file, read into memory. */
final class BuiltPlugin {
    /** Where the build puts the six files before the tests run. */
    static final Path FOLDER = Path.of("target/plugins").toAbsolutePath();

    private static final List<String> NAMES =
            List.of("shera-platform", "shera", "shera-deploy", "shera-nginx", "shera-monitoring", "shera-terminal");

    private final String name;
    private final Map<String, byte[]> files;

    private BuiltPlugin(String name, Map<String, byte[]> files) {
        this.name = name;
        this.files = files;
    }

    /** All six; the platform is the first. */
    static List<BuiltPlugin> all() throws IOException {
        List<BuiltPlugin> plugins = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream in = Files.newInputStream(FOLDER.resolve(name + ".hpi"))) {
                plugins.add(new BuiltPlugin(name, entries(in)));
            }
        }
        return plugins;
    }

    Attributes manifest() throws IOException {
        return manifest(files);
    }

    /** Packed jars by file name, each with its entries. */
    Map<String, Map<String, byte[]>> jars() throws IOException {
        Map<String, Map<String, byte[]>> jars = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().startsWith("WEB-INF/lib/")) {
                jars.put(
                        file.getKey().substring("WEB-INF/lib/".length()),
                        entries(new ByteArrayInputStream(file.getValue())));
            }
        }
        return jars;
    }

    /** Entries of the jar that has the plugin's own classes and views. */
    Map<String, byte[]> ownJar() throws IOException {
        return jars().get(name + ".jar");
    }

    /** Texts of the jar's own entries whose name ends so. */
    Map<String, String> texts(String ending) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        ownJar().forEach((path, bytes) -> {
            if (path.endsWith(ending)) {
                texts.put(path, new String(bytes, StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    static Attributes manifest(Map<String, byte[]> entries) throws IOException {
        return new Manifest(new ByteArrayInputStream(entries.get("META-INF/MANIFEST.MF"))).getMainAttributes();
    }

    boolean isPlatform() {
        return name.equals("shera-platform");
    }

    String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    private static Map<String, byte[]> entries(InputStream in) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
