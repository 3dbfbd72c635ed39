package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.layer.LayerListing;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.target.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jvnet.localizer.Localizable;

/** Which files an image has, read from its layers in the registry once and remembered by digest in a folder. */
public final class LayerLists {
    private final Path folder;
    private final Consumer<Localizable> progress;

    /** The progress is told which layers had to be read. */
    public LayerLists(Path folder, Consumer<Localizable> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** All files a container of the image begins with. */
    public ImageTree of(Image image) throws IOException {
        ImageTree tree = new ImageTree();
        for (Descriptor layer : image.manifest().layers()) {
            tree.add(listing(image, layer).entries());
        }
        return tree;
    }

    private LayerListing listing(Image image, Descriptor layer) throws IOException {
        String name = layer.digest().hex() + ".listing";
        Path kept = folder.resolve(name);
        if (Files.isRegularFile(kept)) {
            try {
                return LayerListing.load(kept);
            } catch (IOException e) {
                progress.accept(Messages._LayerLists_damaged(layer.digest().shortHex(), e.getMessage()));
            }
        }
        progress.accept(Messages._LayerLists_reading(layer.digest().shortHex(), String.valueOf(layer.size() / 1024)));
        try (LayerStream stream = new LayerStream(image.home().openBlob(layer), layer, TarReader.Limits.USUAL)) {
            LayerListing listing = LayerListing.of(stream);
            listing.save(folder, name);
            return listing;
        }
    }
}
