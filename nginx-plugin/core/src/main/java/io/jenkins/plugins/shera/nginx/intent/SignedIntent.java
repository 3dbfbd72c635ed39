package io.jenkins.plugins.shera.nginx.intent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;

/**
 * An {@link Intent} as it travels and lies on disk: {@code {"format", "payload", "signature"}}, the two latter in base 64. The
 * signature is over the format's name, a line feed and the payload, by Ed25519, ECDSA or RSA with SHA-256 as the key is.
 */
public final class SignedIntent {
    /** No document is longer; 10,000 routes are about 3 MB. */
    public static final int LONGEST = 64 << 20;

    private static final String FORMAT = "shera-kubeng/1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SignedIntent() {}

    /** Signs a document. */
    public static byte[] sign(Intent intent, PrivateKey key) throws GeneralSecurityException {
        byte[] payload = intent.bytes();
        Signature signature = signature(key);
        signature.initSign(key);
        signature.update(signed(payload));
        Base64.Encoder base64 = Base64.getEncoder();
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "format",
                    FORMAT,
                    "payload",
                    base64.encodeToString(payload),
                    "signature",
                    base64.encodeToString(signature.sign())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("three strings are JSON", e);
        }
    }

    /**
     * The document, if one of these keys signed it and it is of that kind and cluster.
     *
     * @throws IOException saying what is wrong; nothing of the document may then be used
     */
    public static Intent open(byte[] bytes, Collection<PublicKey> pinned, Intent.Kind kind, String cluster)
            throws IOException {
        if (bytes.length > LONGEST) {
            throw new IOException("The document has more than " + LONGEST + " bytes.");
        }
        JsonNode root = JSON.readTree(bytes);
        if (root == null || !FORMAT.equals(root.path("format").asText())) {
            throw new IOException("This is no document of the format " + FORMAT + ". Are Jenkins and KubeNg of versions"
                    + " that belong together?");
        }
        byte[] payload = decoded(root, "payload");
        byte[] signature = decoded(root, "signature");
        if (pinned.stream().noneMatch(key -> signs(key, signature, payload))) {
            throw new IOException("The document is not signed by a key that this node trusts. If Jenkins has a new key,"
                    + " put its public key into the file of keys.");
        }
        Intent intent = Intent.parse(payload);
        if (intent.kind() != kind || !intent.cluster().equals(cluster)) {
            throw new IOException("The document holds the " + intent.kind().word() + " of nginx cluster '"
                    + intent.cluster() + "', and this node wants the " + kind.word() + " of '" + cluster + "'.");
        }
        return intent;
    }

    private static boolean signs(PublicKey key, byte[] value, byte[] payload) {
        try {
            Signature signature = signature(key);
            signature.initVerify(key);
            signature.update(signed(payload));
            return signature.verify(value);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Signature signature(Key key) throws GeneralSecurityException {
        return Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> "Ed25519";
                });
    }

    private static byte[] signed(byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((FORMAT + "\n").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    private static byte[] decoded(JsonNode root, String field) throws IOException {
        try {
            return Base64.getDecoder().decode(root.path(field).asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("The field '" + field + "' of the document is not base 64.", e);
        }
    }
}
