package io.jenkins.plugins.shera.build.projects;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Uploaded jars and wars by tenant and content, each known by {@code <sha256>/<name>}. */
@Extension
public class Uploads implements ExtensionPoint {
    private static final long LARGEST = 500L * 1024 * 1024;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._+-]{0,150}\\.(jar|war)";

    /** The one instance. */
    public static Uploads get() {
        return ExtensionList.lookupSingleton(Uploads.class);
    }

    /** Keeps a file of at most 500 MB; its id. */
    public String put(String tenant, String name, InputStream content) throws IOException {
        if (!name.matches(NAME)) {
            throw Refusal.input("name", Messages.Uploads_name(), Messages.Uploads_name_next());
        }
        Path folder = Files.createDirectories(folder(tenant));
        Path part = Files.createTempFile(folder, ".upload-", "");
        try {
            String sum = copy(content, part);
            try (ZipFile zip = new ZipFile(part.toFile())) {
                if (zip.size() == 0) {
                    throw new ZipException("empty");
                }
            } catch (ZipException e) {
                throw Refusal.input("content", Messages.Uploads_zip(), Messages.Uploads_zip_next());
            }
            Path place = Files.createDirectories(folder.resolve(sum)).resolve(name);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return sum + "/" + name;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String copy(InputStream content, Path part) throws IOException {
        try (InputStream bounded = new DigestInputStream(content, sha256())) {
            DigestInputStream counted = (DigestInputStream) bounded;
            long size = 0;
            byte[] buffer = new byte[1 << 16];
            try (var out = Files.newOutputStream(part)) {
                for (int read = counted.read(buffer); read >= 0; read = counted.read(buffer)) {
                    size += read;
                    if (size > LARGEST) {
                        throw new Refusal(
                                Refusal.Kind.TOO_LARGE,
                                Messages.Uploads_nothing(),
                                "content",
                                Messages.Uploads_large(),
                                Messages.Uploads_large_next());
                    }
                    out.write(buffer, 0, read);
                }
            }
            return HexFormat.of().formatHex(counted.getMessageDigest().digest());
        }
    }

    /** The content of an upload of that tenant. */
    public InputStream open(String tenant, String id) throws IOException {
        Path file = folder(tenant).resolve(id);
        if (!id.matches("[0-9a-f]{64}/" + NAME) || !Files.isRegularFile(file)) {
            throw Refusal.unknown("artifact", Messages.Uploads_unknown(), Messages.Uploads_unknown_next());
        }
        return Files.newInputStream(file);
    }

    private static Path folder(String tenant) {
        return SheraConfiguration.get().root().resolve("uploads").resolve(tenant);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
