package io.jenkins.plugins.shera.oci.sbom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes Java archives for tests, with the notes that Maven leaves in them. */
public final class Archives {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Adds a file. */
    public Archives with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** Adds a text. */
    public Archives with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds what Maven notes of an artifact. */
    public Archives pom(String group, String name, String version) {
        return with(
                "META-INF/maven/" + group + "/" + name + "/pom.properties",
                "#Generated\nversion=" + version + "\ngroupId=" + group + "\nartifactId=" + name + "\n");
    }

    /** The bytes; the same files give the same. */
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return out.toByteArray();
    }
}
