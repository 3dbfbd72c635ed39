package io.jenkins.plugins.shera.build.records;

import io.jenkins.plugins.shera.build.config.StatementKeys;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.sbom.FoundSbom;
import io.jenkins.plugins.shera.oci.sbom.SbomShelf;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import java.io.IOException;
import java.util.Optional;

/** Reads SBOMs from where they stand: beside their images, by the tenant's own credentials. */
public final class ImageSboms {
    private ImageSboms() {}

    /** The SBOM of an image by its name and digest; of an index, that of the image for the platform of this machine. */
    public static Optional<FoundSbom> read(String tenant, String reference) throws IOException {
        ImageReference image = ImageReference.parse(reference);
        Optional<ImagePlace> place = image.domain().flatMap(host -> TenantRegistries.place(tenant, host));
        if (place.isEmpty() || image.digest().isEmpty()) {
            return Optional.empty();
        }
        return new SbomShelf(place.get().repository(image.repository()))
                .read(
                        image.digest().get(),
                        Platform.ofThisMachine(),
                        StatementKeys.get().ring());
    }
}
