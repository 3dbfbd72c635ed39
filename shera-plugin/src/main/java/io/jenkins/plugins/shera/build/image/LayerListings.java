package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.layer.LayerListing;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.sbom.FindingsStore;
import io.jenkins.plugins.shera.oci.sbom.LayerLook;
import io.jenkins.plugins.shera.oci.target.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What layers in registries hold; each is read once and its listing kept in a folder. */
public final class LayerListings {
    private final Path folder;
    private final Consumer<String> log;

    /** The folder is made when it is needed; the log takes one line at a time. */
    public LayerListings(Path folder, Consumer<String> log) {
        this.folder = folder;
        this.log = log;
    }

    /** The listing of one layer of the image. */
    public LayerListing of(Image image, Descriptor layer) throws IOException {
        String name = layer.digest().hex() + ".listing";
        Path kept = folder.resolve(name);
        if (Files.isRegularFile(kept)) {
            try {
                return LayerListing.load(kept);
            } catch (IOException e) {
                log.accept("The remembered listing " + kept + " is not readable; the layer is read anew.");
            }
        }
        log.accept("Reading what layer " + layer.digest().shortHex() + " of the base holds (" + layer.size() / 1024
                + " KiB)");
        try (LayerStream stream = new LayerStream(image.home().openBlob(layer), layer, TarReader.Limits.USUAL)) {
            Files.createDirectories(folder);
            LayerLook look = new LayerLook(folder);
            LayerListing listing = LayerListing.of(stream, look);
            new FindingsStore(folder).keep(layer.digest(), look.findings());
            listing.save(folder, name);
            return listing;
        }
    }
}
