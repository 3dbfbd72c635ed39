package io.jenkins.plugins.shera.oci.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is said of one image: its digest, and claims as names and texts. Written as the "simple signing" payload of
 * containers/image and cosign, with the claims in its {@code optional} part.
 */
public final class Statement {
    static final String TYPE = "cosign container image signature";
    private static final String CREATOR = "SheRa";
    private static final String TIME = "timestamp";
    private static final int LONGEST = 65_536;

    private final String repository;
    private final Digest image;
    private final Instant at;
    private final TreeMap<String, String> claims;

    /** Says it of the image; the repository is the name under which it was pushed, the time is kept to the second. */
    public Statement(String repository, Digest image, Instant at, Map<String, String> claims) {
        this.repository = repository;
        this.image = image;
        this.at = Instant.ofEpochSecond(at.getEpochSecond());
        this.claims = new TreeMap<>(claims);
    }

    /** Reads a payload; whoever calls has verified its signature. */
    static Statement read(byte[] payload) throws IOException {
        if (payload.length > LONGEST) {
            throw new IOException("A statement beside the image is larger than " + LONGEST + " bytes.");
        }
        ObjectNode json = Json.read(payload, "statement beside the image");
        JsonNode critical = json.path("critical");
        String digest = critical.path("image").path("docker-manifest-digest").asText("");
        if (!TYPE.equals(critical.path("type").asText()) || !Digest.isDigest(digest)) {
            throw new IOException("A statement beside the image is of no kind known here.");
        }
        Map<String, String> claims = new TreeMap<>();
        json.path("optional").fields().forEachRemaining(field -> {
            if (field.getValue().isTextual()) {
                claims.put(field.getKey(), field.getValue().asText());
            }
        });
        claims.remove("creator");
        return new Statement(
                critical.path("identity").path("docker-reference").asText(""),
                Digest.parse(digest),
                Instant.ofEpochSecond(json.path("optional").path(TIME).asLong()),
                claims);
    }

    /** The payload; the same statement gives the same bytes. */
    byte[] write() {
        ObjectNode json = Json.object();
        ObjectNode critical = json.putObject("critical");
        critical.putObject("identity").put("docker-reference", repository);
        critical.putObject("image").put("docker-manifest-digest", image.toString());
        critical.put("type", TYPE);
        ObjectNode optional = json.putObject("optional");
        optional.put("creator", CREATOR);
        optional.put(TIME, at.getEpochSecond());
        claims.forEach(optional::put);
        byte[] payload = Json.write(json);
        if (payload.length > LONGEST) {
            throw new IllegalArgumentException(
                    "The statement of " + image + " would be larger than " + LONGEST + " bytes: say less in it.");
        }
        return payload;
    }

    /** Where the image was pushed when this was said. */
    public String repository() {
        return repository;
    }

    /** The image it is said of. */
    public Digest image() {
        return image;
    }

    /** When it was said. */
    public Instant at() {
        return at;
    }

    /** What is said. */
    public Map<String, String> claims() {
        return Collections.unmodifiableMap(claims);
    }
}
