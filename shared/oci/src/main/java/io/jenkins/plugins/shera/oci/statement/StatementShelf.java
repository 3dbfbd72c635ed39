package io.jenkins.plugins.shera.oci.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The signed statements beside the images of one repository, where and as cosign keeps signatures: a manifest under the
 * tag {@code sha256-<hex>.sig}, a layer for each payload, the signature in an annotation.
 */
public final class StatementShelf {
    private static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String ARTIFACT = "application/vnd.dev.cosign.artifact.sig.v1+json";
    private static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    private static final long LARGEST_PAYLOAD = 65_536;
    private static final int MOST = 100;

    private final ImageTarget target;

    /** Of the images of this repository. */
    public StatementShelf(ImageTarget target) {
        this.target = target;
    }

    /** Adds a statement; those that are there stay, of more than 100 the oldest goes. One that is there is not added again. */
    public void add(Digest image, SignedStatement statement) throws IOException {
        List<SignedStatement> all = new ArrayList<>(read(image));
        if (all.stream().anyMatch(one -> Arrays.equals(one.payload(), statement.payload()))) {
            return;
        }
        all.add(statement);
        List<SignedStatement> kept = all.subList(Math.max(0, all.size() - MOST), all.size());
        List<Attachments.Part> parts = new ArrayList<>();
        for (SignedStatement one : kept) {
            String signature = Base64.getEncoder().encodeToString(one.signature());
            parts.add(new Attachments.Part(PAYLOAD, one.payload(), Map.of(SIGNATURE, signature)));
        }
        new Attachments(target).put(target.manifest(image.toString()), ARTIFACT, config(kept), parts, tag(image));
    }

    /** Whether the key signed the same already, the time and the build that says it aside; then nothing is to be pushed again. */
    public boolean says(Digest image, TrustedKey key, SignedStatement wanted) throws IOException {
        Map<String, String> claims = lasting(Statement.read(wanted.payload()));
        for (SignedStatement one : read(image)) {
            if (key.made(one.signature(), one.payload())) {
                Statement said = Statement.read(one.payload());
                if (said.image().equals(image) && lasting(said).equals(claims)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Map<String, String> lasting(Statement statement) {
        Map<String, String> claims = new TreeMap<>(statement.claims());
        claims.remove(ImageLabels.BUILD);
        return claims;
    }

    /** The statements beside an image, the oldest first, verified by nobody; what is no statement is passed over. */
    public List<SignedStatement> read(Digest image) throws IOException {
        if (target.resolve(tag(image)).isEmpty()) {
            return List.of();
        }
        RawManifest manifest = target.manifest(tag(image));
        List<SignedStatement> statements = new ArrayList<>();
        for (JsonNode layer :
                Json.read(manifest.content(), "list of statements").path("layers")) {
            String signature = layer.path("annotations").path(SIGNATURE).asText("");
            String digest = layer.path("digest").asText("");
            long size = layer.path("size").asLong(-1);
            boolean readable = PAYLOAD.equals(layer.path("mediaType").asText())
                    && Digest.isDigest(digest)
                    && size >= 0
                    && size <= LARGEST_PAYLOAD;
            if (readable && !signature.isEmpty() && statements.size() < MOST) {
                try (InputStream in = target.openBlob(new Descriptor(PAYLOAD, Digest.parse(digest), size))) {
                    statements.add(new SignedStatement(in.readAllBytes(), decoded(signature)));
                }
            }
        }
        return statements;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] config(List<SignedStatement> statements) {
        ObjectNode json = Json.object();
        json.put("architecture", "");
        json.put("os", "");
        json.putObject("config");
        ObjectNode rootfs = json.putObject("rootfs");
        rootfs.put("type", "layers");
        var ids = rootfs.putArray("diff_ids");
        statements.forEach(one -> ids.add(Digest.of(one.payload()).toString()));
        return Json.write(json);
    }

    /** The tag under which cosign looks for an image's signatures. */
    public static String tag(Digest image) {
        return image.algorithm() + "-" + image.hex() + ".sig";
    }
}
