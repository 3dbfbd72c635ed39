package io.jenkins.plugins.shera.oci.target;

import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Makes images of a file or two, so that no registry of the world is needed. */
public final class SmallImage {
    private SmallImage() {}

    /** A layer with one text file. */
    public static Layer layer(Path folder, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.file(name, 0644, content.length), BlobSource.of(content));
        return writer.write(Files.createTempFile(folder, "layer", ""));
    }

    /** A layer that cannot be packed, of about that many bytes. */
    public static Layer large(Path folder, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.file("large", 0644, bytes), BlobSource.of(content));
        return writer.write(Files.createTempFile(folder, "layer", ""));
    }

    /** A layer with the files right in a folder, below a name. */
    public static Layer folder(Path spool, Path files, String below) throws IOException {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        try (Stream<Path> all = Files.list(files)) {
            for (Path file : all.toList()) {
                writer.add(
                        TarEntry.file(below + "/" + file.getFileName(), 0644, Files.size(file)), BlobSource.of(file));
            }
        }
        return writer.write(Files.createTempFile(spool, "layer", ""));
    }

    /** A configuration that lists the layers. */
    public static ImageConfig config(Layer... layers) {
        ImageConfig config = ImageConfig.empty(Platform.parse("linux/amd64"));
        for (Layer layer : layers) {
            config.addLayer(layer.diffId(), "COPY");
        }
        return config;
    }

    /** Pushes an image of these layers. */
    public static Manifest push(ImageTarget target, String tag, Layer... layers) throws IOException {
        ImagePush push = new ImagePush();
        for (Layer layer : layers) {
            push.add(layer);
        }
        return push.to(target, List.of(tag), config(layers));
    }

    /** Pushes an image of one layer with these labels. */
    public static Manifest push(ImageTarget target, String tag, Layer layer, Map<String, String> labels)
            throws IOException {
        ImageConfig config = config(layer);
        config.labels(labels);
        return new ImagePush().add(layer).to(target, List.of(tag), config);
    }
}
