package io.jenkins.plugins.shera.terminal.pack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jvnet.localizer.Localizable;

/**
 * Adds chosen changes of a container as one layer to the image it came from. Only that layer and the configuration travel; the
 * tag is set last, so that a push that fails leaves nothing under it. The same changes give the same layer.
 */
public final class ContainerPackager {
    private static final int MOST_LAYERS = 127;

    /** Files bear one time, that of no clock, so that a layer depends on the files alone. */
    private static final Instant FILE_TIME = Instant.EPOCH;

    private final FileSource source;
    private final Image origin;
    private final Consumer<Localizable> progress;

    /** The origin is the image by digest from which the container was started. */
    public ContainerPackager(ContainerShell shell, Image origin, Consumer<Localizable> progress) {
        this(new ShellSource(shell), origin, progress);
    }

    /** The same, with files from elsewhere. */
    public ContainerPackager(FileSource source, Image origin, Consumer<Localizable> progress) {
        this.source = source;
        this.origin = origin;
        this.progress = progress;
    }

    /**
     * Fetches, scans, packs and pushes.
     *
     * @throws PackException when the choice is empty or too large, holds secrets, cannot be read, or when the tag is taken
     * @throws IOException when the container or the registry fails
     */
    public Packed pack(Choice choice, PackOrder order, ImageTarget target) throws IOException {
        checkFit(choice, order);
        Path folder = Files.createTempDirectory("shera-package-");
        try (Beside<Void> free = new Beside<>("a tag of a registry", () -> checkTag(order, target))) {
            List<SecretFinding> named = new ArrayList<>();
            choice.files().keySet().forEach(name -> SecretScan.byName(name).ifPresent(named::add));
            refuse(named, order);
            Set<String> left = new HashSet<>();
            named.forEach(finding -> left.add(finding.path().substring(1)));
            Choice rest = choice.without(left);
            progress.accept(Messages._ContainerPackager_reading(rest.files().size(), String.valueOf(rest.bytes())));
            Spool spool = fetch(folder, rest);
            List<SecretFinding> masked = new ArrayList<>(named);
            Layer layer = checked(spool, rest, order, folder, masked);
            free.get();
            Packed packed = push(layer, spool, rest, order, target, masked);
            progress.accept(Messages._ContainerPackager_pushed(
                    packed.reference(), order.tag(), String.valueOf(packed.bytesSent())));
            return packed;
        } finally {
            delete(folder);
        }
    }

    private Spool fetch(Path folder, Choice choice) throws IOException {
        try {
            return source.fetch(folder, choice.files());
        } catch (PackException e) {
            // That it is another container says more than that its files are others.
            source.confirm();
            throw e;
        }
    }

    /** What may be pushed: read from the container that was listed, and without secrets. */
    private Layer checked(Spool spool, Choice choice, PackOrder order, Path folder, List<SecretFinding> masked)
            throws IOException {
        if (order.mask()) {
            masked.addAll(scan(spool, order));
        }
        try (Beside<Void> confirmed = new Beside<>("the same container", this::confirm);
                Beside<List<SecretFinding>> clean =
                        new Beside<>("secrets in a container", () -> order.mask() ? List.of() : scan(spool, order))) {
            Layer layer = layer(spool, choice, folder);
            confirmed.get();
            masked.addAll(clean.get());
            return layer;
        }
    }

    /** A container that is still the one that was listed was so all the time. */
    private Void confirm() throws IOException {
        source.confirm();
        return null;
    }

    /** A registry is asked while the container is read. */
    private static Void checkTag(PackOrder order, ImageTarget target) throws IOException {
        if (target.resolve(order.tag()).isPresent()) {
            throw new PackException(Messages._ContainerPackager_tag(order.tag(), target.name()));
        }
        return null;
    }

    private void checkFit(Choice choice, PackOrder order) throws IOException {
        boolean same = choice.files().isEmpty() && choice.deletions().isEmpty();
        if (same
                && order.entrypoint() == null
                && order.command() == null
                && order.environment().isEmpty()) {
            throw new PackException(Messages._ContainerPackager_nothing());
        }
        if (choice.bytes() > order.mostBytes()) {
            throw new PackException(Messages._ContainerPackager_large(
                    String.valueOf(choice.bytes()), String.valueOf(order.mostBytes())));
        }
        if (origin.manifest().layers().size() >= MOST_LAYERS) {
            throw new PackException(Messages._ContainerPackager_layers(String.valueOf(MOST_LAYERS)));
        }
    }

    private static void refuse(List<SecretFinding> findings, PackOrder order) throws PackException {
        if (!findings.isEmpty() && !order.mask()) {
            throw new PackException(Messages._ContainerPackager_secrets(new SecretList(List.copyOf(findings))));
        }
    }

    private List<SecretFinding> scan(Spool spool, PackOrder order) throws IOException {
        List<SecretFinding> findings = new ArrayList<>();
        for (TarEntry entry : spool.entries().values()) {
            if (entry.kind() == TarEntry.Kind.FILE) {
                findings.addAll(SecretScan.inside(entry.name(), spool.content(entry.name()), order.mask()));
            }
        }
        refuse(findings, order);
        return findings;
    }

    private static Layer layer(Spool spool, Choice choice, Path folder) throws IOException {
        LayerWriter writer = new LayerWriter(FILE_TIME);
        for (TarEntry entry : spool.entries().values()) {
            Path content = spool.content(entry.name());
            if (entry.kind() == TarEntry.Kind.FILE) {
                writer.add(entry, BlobSource.of(content));
            } else {
                writer.add(entry);
            }
        }
        choice.deletions().forEach(gone -> writer.add(TarEntry.whiteout(gone)));
        return writer.write(folder.resolve("layer.tar.gz"));
    }

    private Packed push(
            Layer layer, Spool spool, Choice choice, PackOrder order, ImageTarget target, List<SecretFinding> masked)
            throws IOException {
        Digest on = origin.manifest().digest();
        ImageConfig config = origin.config();
        config.forgetBuilder();
        config.created(order.hand().time());
        config.labels(order.hand().labels(config.labels(), on));
        change(config, order);
        config.addLayer(layer.diffId(), "by hand in " + order.hand().source());
        ImagePush push = new ImagePush().on(origin).add(layer).fresh();
        Manifest manifest = push.to(target, List.of(order.tag()), config);
        String from = origin.home().name() + "@" + on;
        return new Packed(
                target.name(),
                order.tag(),
                manifest.digest(),
                layer.descriptor().digest(),
                push.bytesSent(),
                List.copyOf(masked),
                DockerfileDraft.of(from, spool.entries().values(), choice.deletions(), order),
                source.remarks());
    }

    private static void change(ImageConfig config, PackOrder order) {
        if (order.entrypoint() != null) {
            words(config, "Entrypoint", order.entrypoint());
            config.container().remove("Cmd");
        }
        if (order.command() != null) {
            words(config, "Cmd", order.command());
        }
        if (!order.environment().isEmpty()) {
            Map<String, String> environment = config.environment();
            environment.putAll(order.environment());
            config.environment(environment);
        }
    }

    private static void words(ImageConfig config, String field, List<String> words) {
        ArrayNode list = config.container().putArray(field);
        words.forEach(list::add);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
