package io.jenkins.plugins.shera.build.steps;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.builders.ImageArchive;
import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.build.image.BaseImage;
import io.jenkins.plugins.shera.build.image.BuildRequest;
import io.jenkins.plugins.shera.build.image.BuiltImage;
import io.jenkins.plugins.shera.build.image.ImageBuilder;
import io.jenkins.plugins.shera.build.quality.Claims;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.build.source.Revision;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.KnownConfigs;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;

/** Builds and pushes on the agent; the same order gives the same image however often it is carried out. */
final class ImageTask extends MasterToSlaveFileCallable<ImageTask.Report> {
    private static final long serialVersionUID = 1L;

    private final BuildOrder order;
    private final Revision revision;
    private final QualityVerdict quality;
    private final Destination destination;
    private final ArrayList<String> tags;
    private final String folder;
    private final String cookie;
    private final TaskListener listener;
    private final RecipeLook.Found found;
    private final Platform platform;
    private final String archive;
    private final SbomWork sbom;

    /**
     * Takes the parts.
     *
     * @param tags empty for an image that an index will name
     * @param platform null for the machine's own
     * @param archive the image that a program built; null to build here, without one
     */
    ImageTask(
            BuildOrder order,
            RecipeLook.Found found,
            Platform platform,
            String archive,
            Revision revision,
            QualityVerdict quality,
            Destination destination,
            List<String> tags,
            String folder,
            String cookie,
            SbomWork sbom,
            TaskListener listener) {
        this.sbom = sbom;
        this.order = order;
        this.found = found;
        this.platform = platform;
        this.archive = archive;
        this.revision = revision;
        this.quality = quality;
        this.destination = destination;
        this.tags = new ArrayList<>(tags);
        this.folder = folder;
        this.cookie = cookie;
        this.listener = listener;
    }

    @Override
    public Report invoke(File workspace, VirtualChannel channel) throws IOException {
        Path spool = Path.of(folder, "image-" + cookie);
        try {
            delete(spool);
            Files.createDirectories(spool);
            return build(spool);
        } catch (IOException e) {
            throw DiskFull.told(e, spool.getParent());
        } finally {
            delete(spool);
        }
    }

    private Report build(Path spool) throws IOException {
        String dockerfile = Files.readString(Path.of(found.file), StandardCharsets.UTF_8);
        BuiltImage image;
        if (archive == null) {
            image = builder(Dockerfile.parse(dockerfile), spool).build();
        } else {
            image = ImageArchive.read(Path.of(archive), spool, revision.committedAt());
            findBase(image, dockerfile, spool);
        }
        if (platform != null && !platform.accepts(image.config().platform())) {
            throw new IOException("The image came out for " + image.config().platform() + " and not for " + platform
                    + ": is the base image there for that platform, and can this builder build for it?");
        }
        image.label(labels());
        ImageTarget target = destination.repository(order.image);
        // One of several platforms gets no tag of its own: it is named by the index, by its digest.
        List<String> names = tags.isEmpty() ? List.of(image.manifest().digest().toString()) : tags;
        Manifest manifest = image.pushTo(target, names);
        warnOfMoved(target, tags, manifest.digest(), listener);
        return new Report(
                manifest.digest().toString(),
                manifest.size(),
                image.bytesSent(),
                sbom.carryOut(target, destination.reference(order.image), manifest.digest(), image::sbom),
                image.base());
    }

    /** A program does not tell what it built on: its Dockerfile and the registry do, and the layers have to agree. */
    private void findBase(BuiltImage image, String dockerfile, Path spool) throws IOException {
        String why = "what it names has other layers by now";
        try {
            if (image.on(builder(Dockerfile.outline(dockerfile), spool).base())) {
                return;
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            why = e.getMessage();
        }
        listener.getLogger()
                .println(
                        "WARNING: it is not known what the image is built on, so neither its labels nor its page say it: "
                                + why);
    }

    private ImageBuilder builder(Dockerfile dockerfile, Path spool) throws IOException {
        Path cache = Path.of(folder, "base-listings");
        return new ImageBuilder(new BuildRequest(
                dockerfile,
                new BuildContext(Path.of(found.context), Path.of(found.file)),
                order.options().target,
                order.buildArgs,
                platform == null ? Platform.ofThisMachine() : platform,
                revision.committedAt(),
                destination.remembering(new KnownConfigs(cache)),
                spool,
                cache,
                line -> listener.getLogger().println(line)));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(order.options().labels());
        labels.putAll(Claims.labels(quality));
        labels.put("org.opencontainers.image.created", revision.committedAt().toString());
        if (!revision.commit().isEmpty()) {
            labels.put("org.opencontainers.image.revision", revision.commit() + (revision.isClean() ? "" : "-dirty"));
        }
        if (order.source != null) {
            labels.put("org.opencontainers.image.source", order.source.url());
        }
        return labels;
    }

    /** Tells of tags that somebody else moved while this build pushed. */
    static void warnOfMoved(ImageTarget target, List<String> tags, Digest digest, TaskListener listener)
            throws IOException {
        for (String tag : tags) {
            Optional<Digest> there = target.resolve(tag);
            if (!there.equals(Optional.of(digest))) {
                listener.getLogger()
                        .println("WARNING: the tag " + tag + " was moved to "
                                + there.map(Digest::toString).orElse("nothing")
                                + " by somebody else meanwhile; use the image by its digest.");
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What the agent tells. */
    static final class Report implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String digest;
        private final long size;
        private final long sent;
        private final ArrayList<MadeSbom> sboms;
        private final BaseImage base;

        Report(String digest, long size, long sent, List<MadeSbom> sboms, BaseImage base) {
            this.base = base;
            this.sboms = new ArrayList<>(sboms);
            this.digest = digest;
            this.size = size;
            this.sent = sent;
        }

        String digest() {
            return digest;
        }

        long size() {
            return size;
        }

        /** One for each platform; none when none is wanted. */
        List<MadeSbom> sboms() {
            return sboms;
        }

        long sent() {
            return sent;
        }

        BaseImage base() {
            return base;
        }
    }
}
