package io.jenkins.plugins.shera.oci.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageIndex;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.statement.Attachments;
import io.jenkins.plugins.shera.oci.statement.KeyRing;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The SBOMs beside the images of one repository: each as a referrer of the type {@value Sbom#TYPE}, and once more, signed, as cosign's
 * attestation.
 */
public final class SbomShelf {
    private static final long LARGEST = 48L << 20;

    private final ImageTarget target;

    /** Of the images of this repository. */
    public SbomShelf(ImageTarget target) {
        this.target = target;
    }

    /** Puts them beside the image, in place of earlier ones; the envelope is what {@link Attestation#sign} gave. */
    public void put(Digest image, byte[] sbom, byte[] envelope) throws IOException {
        RawManifest subject = target.manifest(image.toString());
        Attachments attachments = new Attachments(target);
        attachments.put(
                subject, Sbom.TYPE, config(sbom), List.of(new Attachments.Part(Sbom.TYPE, sbom, Map.of())), tag(image));
        attachments.put(
                subject,
                Attestation.ENVELOPE,
                config(envelope),
                List.of(new Attachments.Part(
                        Attestation.ENVELOPE,
                        envelope,
                        Map.of("dev.cosignproject.cosign/signature", "", "predicateType", Attestation.PREDICATE))),
                attestationTag(image));
    }

    /** The SBOM of an image; of an index, that of the image for the platform. Empty when there is none. */
    public Optional<FoundSbom> read(Digest image, Platform platform, KeyRing keys) throws IOException {
        Optional<FoundSbom> own = read(image, keys);
        if (own.isPresent() || target.resolve(image.toString()).isEmpty()) {
            return own;
        }
        RawManifest raw = target.manifest(image.toString());
        return raw.isIndex() ? read(ImageIndex.read(raw).select(platform).digest(), keys) : Optional.empty();
    }

    /** The SBOM of one image, whose signature was looked at. */
    public Optional<FoundSbom> read(Digest image, KeyRing keys) throws IOException {
        Optional<byte[]> sbom = only(tag(image), Sbom.TYPE);
        if (sbom.isEmpty()) {
            return Optional.empty();
        }
        String key = "";
        Optional<byte[]> envelope = only(attestationTag(image), Attestation.ENVELOPE);
        if (envelope.isPresent()) {
            key = Attestation.signer(envelope.get(), image, sbom.get(), keys)
                    .map(one -> one.id())
                    .orElse("");
        }
        return Optional.of(new FoundSbom(image, sbom.get(), key));
    }

    /** The first part of that type of the attachment under the tag. */
    private Optional<byte[]> only(String tag, String type) throws IOException {
        if (target.resolve(tag).isEmpty()) {
            return Optional.empty();
        }
        for (JsonNode layer :
                Json.read(target.manifest(tag).content(), "attachment " + tag).path("layers")) {
            String digest = layer.path("digest").asText("");
            long size = layer.path("size").asLong(-1);
            if (type.equals(layer.path("mediaType").asText())
                    && Digest.isDigest(digest)
                    && size >= 0
                    && size <= LARGEST) {
                try (InputStream in = target.openBlob(new Descriptor(type, Digest.parse(digest), size))) {
                    return Optional.of(in.readAllBytes());
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] config(byte[] part) {
        ObjectNode json = Json.object();
        json.put("architecture", "");
        json.put("os", "");
        json.putObject("config");
        ObjectNode rootfs = json.putObject("rootfs");
        rootfs.put("type", "layers");
        rootfs.putArray("diff_ids").add(Digest.of(part).toString());
        return Json.write(json);
    }

    /** The tag under which {@code cosign download sbom} looks. */
    public static String tag(Digest image) {
        return Attachments.fallbackTag(image) + ".sbom";
    }

    /** The tag under which {@code cosign verify-attestation} looks. */
    public static String attestationTag(Digest image) {
        return Attachments.fallbackTag(image) + ".att";
    }
}
