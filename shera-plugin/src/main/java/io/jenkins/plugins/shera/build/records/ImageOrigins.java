package io.jenkins.plugins.shera.build.records;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.build.config.StatementKeys;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.statement.Standing;
import io.jenkins.plugins.shera.oci.statement.Verification;
import io.jenkins.plugins.shera.oci.statement.Verifier;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.extension.ImageRecord;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.extension.ImageStanding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

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
        json.put("gate", origin.gate());
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
            return Optional.of(read(file));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the origin of an image cannot be read from " + file, e);
            return Optional.empty();
        }
    }

    private static ImageOrigin read(Path file) throws IOException {
        ObjectNode json = Json.read(Files.readAllBytes(file), "origin of an image");
        return new ImageOrigin(
                json.path("reference").asText(),
                json.path("commit").asText(),
                json.path("build").asText(),
                json.path("url").asText(),
                json.path("gate").asText(),
                json.path("at").asLong());
    }

    /** Every origin of a tenant whose image was not deleted, in no order; one that cannot be read is an error. */
    public List<ImageOrigin> all(String tenant) throws IOException {
        if (!Files.isDirectory(folder(tenant))) {
            return List.of();
        }
        List<ImageOrigin> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder(tenant))) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith("sha") && name.endsWith(".json")) {
                    found.add(read(file));
                }
            }
        }
        return found;
    }

    /** Puts the origin of a deleted image aside; what is known of it stays on disk. */
    public void forget(String tenant, Digest digest) throws IOException {
        Path file = folder(tenant).resolve(name(digest));
        if (Files.isRegularFile(file)) {
            Path aside = Files.createDirectories(folder(tenant).resolve("deleted"));
            Files.move(file, aside.resolve(name(digest)), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public List<ImageRecord> of(String tenant, String digest) {
        if (!Digest.isDigest(digest)) {
            return List.of();
        }
        return find(tenant, Digest.parse(digest)).map(ImageOrigins::records).orElse(List.of());
    }

    private static List<ImageRecord> records(ImageOrigin origin) {
        ImageRecord built = new ImageRecord(
                ImageRecord.Kind.ORIGIN,
                origin.at(),
                Messages.ImageOrigins_built(origin.build()),
                origin.commit(),
                origin.url());
        if (origin.gate().isEmpty()) {
            return List.of(built);
        }
        String url = origin.url() + "quality";
        return List.of(
                new ImageRecord(ImageRecord.Kind.QUALITY, origin.at(), origin.gate(), origin.commit(), url), built);
    }

    /** Asks the registry for labels and statements; what this Jenkins remembers counts where a statement is gone, but not where the image is. */
    @Override
    public Optional<ImageStanding> standing(String tenant, String reference) throws IOException {
        ImageReference image = ImageReference.parse(reference);
        Optional<ImagePlace> place = image.domain().flatMap(host -> TenantRegistries.place(tenant, host));
        if (place.isEmpty() || image.digest().isEmpty()) {
            return Optional.empty();
        }
        Digest digest = image.digest().get();
        ImageTarget home = place.get().repository(image.repository());
        if (home.resolve(digest.toString()).isEmpty()) {
            return Optional.of(
                    new ImageStanding(ImageStanding.UNKNOWN, Messages.ImageOrigins_gone(home.name()), false));
        }
        Verification found = new Verifier(StatementKeys.get().ring()).verify(home, digest, Platform.ofThisMachine());
        String remembered = find(tenant, digest).map(ImageOrigin::gate).orElse("");
        if (found.standing() == Standing.FORGED && found.statement().isEmpty() && !remembered.isEmpty()) {
            return Optional.of(new ImageStanding(remembered, Messages.ImageOrigins_remembered(), found.debug()));
        }
        return Optional.of(new ImageStanding(found.standing().word(), found.why(), found.debug()));
    }

    private static Path folder(String tenant) {
        return SheraConfiguration.get().root().resolve("image-origins").resolve(tenant);
    }

    private static String name(Digest digest) {
        return digest.algorithm() + "-" + digest.hex() + ".json";
    }
}
