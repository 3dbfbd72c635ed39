package io.jenkins.plugins.shera.oci.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.statement.KeyRing;
import io.jenkins.plugins.shera.oci.statement.SigningKey;
import io.jenkins.plugins.shera.oci.statement.TrustedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An SBOM with a signature, in the form of {@code cosign attest --type cyclonedx}: an in-toto statement of the image in a DSSE envelope
 * (github.com/secure-systems-lab/dsse).
 */
public final class Attestation {
    /** What cosign calls a statement that is a CycloneDX document. */
    public static final String PREDICATE = "https://cyclonedx.org/bom";

    static final String ENVELOPE = "application/vnd.dsse.envelope.v1+json";
    private static final String PAYLOAD = "application/vnd.in-toto+json";
    private static final String WHAT = "attestation beside the image";

    private Attestation() {}

    /** The envelope; the repository is where the image was pushed. */
    public static byte[] sign(String repository, Digest image, byte[] sbom, SigningKey key) throws IOException {
        ObjectNode statement = Json.object();
        statement.put("_type", "https://in-toto.io/Statement/v0.1");
        statement.put("predicateType", PREDICATE);
        ObjectNode subject = statement.putArray("subject").addObject();
        subject.put("name", repository);
        subject.putObject("digest").put(image.algorithm(), image.hex());
        statement.set("predicate", Json.read(sbom, "SBOM"));
        byte[] payload = Json.write(statement);
        ObjectNode envelope = Json.object();
        envelope.put("payloadType", PAYLOAD);
        envelope.put("payload", Base64.getEncoder().encodeToString(payload));
        ObjectNode signature = envelope.putArray("signatures").addObject();
        signature.put("keyid", "");
        signature.put("sig", Base64.getEncoder().encodeToString(key.sign(signed(PAYLOAD, payload))));
        return Json.write(envelope);
    }

    /** Whether the envelope says, signed by a trusted key, that this is the image's SBOM; the key that signed it. */
    static Optional<TrustedKey> signer(byte[] envelope, Digest image, byte[] sbom, KeyRing keys) {
        try {
            ObjectNode json = Json.readLarge(envelope, WHAT);
            byte[] payload = Base64.getDecoder().decode(json.path("payload").asText(""));
            byte[] content = signed(json.path("payloadType").asText(""), payload);
            ObjectNode statement = Json.readLarge(payload, WHAT);
            if (!PREDICATE.equals(statement.path("predicateType").asText())
                    || !isOf(statement, image)
                    || !statement.path("predicate").equals(Json.readLarge(sbom, "SBOM"))) {
                return Optional.empty();
            }
            for (JsonNode signature : json.path("signatures")) {
                byte[] bytes = Base64.getDecoder().decode(signature.path("sig").asText(""));
                Optional<TrustedKey> key = keys.signer(bytes, content);
                if (key.isPresent()) {
                    return key;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // Damaged, or of another kind: then it says nothing.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isOf(ObjectNode statement, Digest image) {
        for (JsonNode subject : statement.path("subject")) {
            if (image.hex()
                    .equals(subject.path("digest").path(image.algorithm()).asText())) {
                return true;
            }
        }
        return false;
    }

    /** DSSE's pre-authentication encoding. */
    private static byte[] signed(String type, byte[] payload) {
        byte[] head =
                ("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }
}
