package io.jenkins.plugins.shera.build.records;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.extension.ImageRecord;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Origins by tenant and digest, one small file each, so that one is found without reading the others or any build. */
@Extension
public class ImageOrigins implements ImageRecords {
    private static final Logger LOGGER = Logger.getLogger(ImageOrigins.class.getName());

    /** The one instance. */
    public static ImageOrigins get() {
        return ExtensionList.lookupSingleton(ImageOrigins.class);
    }

    /** Keeps an origin; the last one of a digest stays. */
    public void put(String tenant, ImageOrigin origin) throws IOException {
        Digest digest = ImageReference.parse(origin.reference()).digest().orElseThrow();
        ObjectNode json = Json.object();
        json.put("reference", origin.reference());
        json.put("commit", origin.commit());
        json.put("build", origin.build());
        json.put("url", origin.url());
        json.put("at", origin.at().toEpochMilli());
        Path folder = folder(tenant);
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".origin-", "");
        Files.write(part, Json.write(json));
        Files.move(
                part,
                folder.resolve(name(digest)),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** The origin of a digest, if we made it for that tenant. */
    public Optional<ImageOrigin> find(String tenant, Digest digest) {
        Path file = folder(tenant).resolve(name(digest));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            ObjectNode json = Json.read(Files.readAllBytes(file), "origin of an image");
            return Optional.of(new ImageOrigin(
                    json.path("reference").asText(),
                    json.path("commit").asText(),
                    json.path("build").asText(),
                    json.path("url").asText(),
                    json.path("at").asLong()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the origin of an image cannot be read from " + file, e);
            return Optional.empty();
        }
    }

    @Override
    public List<ImageRecord> of(String tenant, String digest) {
        if (!Digest.isDigest(digest)) {
            return List.of();
        }
        return find(tenant, Digest.parse(digest))
                .map(origin -> List.of(new ImageRecord(
                        ImageRecord.Kind.ORIGIN,
                        origin.at(),
                        Messages.ImageOrigins_built(origin.build()),
                        origin.commit(),
                        origin.url())))
                .orElse(List.of());
    }

    private static Path folder(String tenant) {
        return SheraConfiguration.get().root().resolve("image-origins").resolve(tenant);
    }

    private static String name(Digest digest) {
        return digest.algorithm() + "-" + digest.hex() + ".json";
    }
}
