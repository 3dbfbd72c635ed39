package io.jenkins.plugins.shera.oci.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import java.io.IOException;

/**
 * An SBOM as it was found beside an image.
 *
 * @param image the digest of the image it is of: of an index, the image for one platform
 * @param content the CycloneDX document
 * @param keyId the trusted key that signed it; empty when none did
 */
public record FoundSbom(Digest image, byte[] content, String keyId) {
    /** Whether a trusted key signed it. */
    public boolean isSigned() {
        return !keyId.isEmpty();
    }

    /** How many components it lists. */
    public int components() throws IOException {
        return count(content);
    }

    /** How many components a CycloneDX document lists. */
    public static int count(byte[] content) throws IOException {
        JsonNode components = Json.readLarge(content, "SBOM").path("components");
        return components.size();
    }
}
