package io.jenkins.plugins.shera.terminal.desk;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import io.jenkins.plugins.shera.terminal.pack.Changes;
import io.jenkins.plugins.shera.terminal.pack.EngineOrigin;
import io.jenkins.plugins.shera.terminal.pack.EngineSource;
import io.jenkins.plugins.shera.terminal.pack.FileSource;
import io.jenkins.plugins.shera.terminal.pack.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A container of a docker engine, which itself says what is changed in it. */
final class EngineContents implements PackageSource {
    private final EngineContainer container;
    private final EngineSource source;
    private final ImageTarget home;
    private final EngineOrigin origin;

    EngineContents(Entry entry, String pod, String name) throws IOException {
        EngineDoor door = EngineDoor.open(entry.tenant(), entry.application(), entry.environment(), pod);
        this.container = door.choose(name);
        this.source = new EngineSource(door.engine(), container);
        ImageTarget found = null;
        ImageReference reference = null;
        for (ImageReference each : names(container)) {
            Optional<ImageTarget> target = PackageSource.repository(entry.tenant(), each);
            if (found == null && target.isPresent()) {
                found = target.get();
                reference = each;
            }
        }
        if (found == null) {
            throw Refusal.input(
                    container.image(),
                    Messages.EngineContents_registry(
                            String.join(", ", container.names()), entry.tenant().getId()),
                    Messages.EngineContents_registry_next());
        }
        this.home = found;
        this.origin = new EngineOrigin(pod, container, reference);
    }

    /** Of the same image the name it was asked for by comes first. */
    private static List<ImageReference> names(EngineContainer container) {
        List<ImageReference> names = new ArrayList<>();
        for (String each : container.names()) {
            ImageReference name = parse(each);
            if (name != null && name.digest().isPresent() && name.domain().isPresent()) {
                names.add(name);
            }
        }
        ImageReference asked = parse(container.image());
        names.sort(Comparator.comparing(name -> asked == null
                || !name.domain().equals(asked.domain())
                || !name.repository().equals(asked.repository())));
        return names;
    }

    private static ImageReference parse(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public Image image() throws IOException {
        Image image = Image.read(
                home,
                origin.image().digest().orElseThrow().toString(),
                Platform.parse(container.system()),
                PackageSource.known());
        List<String> layers =
                image.config().diffIds().stream().map(Digest::toString).toList();
        if (!layers.equals(container.layers())) {
            throw Refusal.conflict(
                    origin.image().toString(),
                    Messages.EngineContents_other(),
                    Messages.EngineContents_registry_next());
        }
        return image;
    }

    @Override
    public Changes changes(EngineSource.Files image) throws IOException {
        return source.changes(image);
    }

    @Override
    public Changes changesToFetch(EngineSource.Files image) throws IOException {
        return source.changesToFetch(image);
    }

    @Override
    public FileSource files() {
        return source;
    }

    @Override
    public void close() {
        // Each call has a connection of its own.
    }
}
