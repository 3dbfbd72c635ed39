package io.jenkins.plugins.shera.build.steps;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.build.image.BuildRequest;
import io.jenkins.plugins.shera.build.image.BuiltImage;
import io.jenkins.plugins.shera.build.image.ImageBuilder;
import io.jenkins.plugins.shera.build.quality.Claims;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.build.source.Revision;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
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
    private static final long LARGEST_DOCKERFILE = 1024 * 1024;

    private final BuildOrder order;
    private final Revision revision;
    private final QualityVerdict quality;
    private final Destination destination;
    private final ArrayList<String> tags;
    private final String folder;
    private final String cookie;
    private final TaskListener listener;

    ImageTask(
            BuildOrder order,
            Revision revision,
            QualityVerdict quality,
            Destination destination,
            List<String> tags,
            String folder,
            String cookie,
            TaskListener listener) {
        this.order = order;
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
        Path root = workspace.toPath().toRealPath();
        Path spool = Path.of(folder, "image-" + cookie);
        delete(spool);
        Files.createDirectories(spool);
        try {
            return build(root, spool);
        } finally {
            delete(spool);
        }
    }

    private Report build(Path root, Path spool) throws IOException {
        Path file = inside(root, "dockerfile", order.dockerfile);
        Path context = inside(root, "context", order.context);
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_DOCKERFILE) {
            throw new IOException("dockerfile is " + Quoted.of(order.dockerfile) + ", which is no file of at most "
                    + LARGEST_DOCKERFILE + " bytes: check the path.");
        }
        if (!Files.isDirectory(context)) {
            throw new IOException("context is " + Quoted.of(order.context) + ", which is no folder: check the path.");
        }
        BuildRequest request = new BuildRequest(
                Dockerfile.parse(Files.readString(file, StandardCharsets.UTF_8)),
                new BuildContext(context, file),
                order.buildArgs,
                Platform.ofThisMachine(),
                revision.committedAt(),
                destination,
                spool,
                Path.of(folder, "base-listings"),
                line -> listener.getLogger().println(line));
        BuiltImage image = new ImageBuilder(request).build();
        image.label(labels());
        ImageTarget target = destination.repository(order.image);
        Manifest manifest = image.pushTo(target, tags);
        warnOfMoved(target, tags, manifest, listener);
        return new Report(manifest.digest().toString(), manifest.size(), image.bytesSent());
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(Claims.labels(quality));
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
    static void warnOfMoved(ImageTarget target, List<String> tags, Manifest manifest, TaskListener listener)
            throws IOException {
        for (String tag : tags) {
            Optional<Digest> there = target.resolve(tag);
            if (!there.equals(Optional.of(manifest.digest()))) {
                listener.getLogger()
                        .println("WARNING: the tag " + tag + " was moved to "
                                + there.map(Digest::toString).orElse("nothing")
                                + " by somebody else meanwhile; use the image by its digest.");
            }
        }
    }

    private static Path inside(Path root, String parameter, String path) throws IOException {
        Path resolved = root.resolve(path).normalize();
        if (!Files.exists(resolved)) {
            throw new IOException(
                    parameter + " is " + Quoted.of(path) + ", which is not in the workspace: check the path.");
        }
        Path real = resolved.toRealPath();
        if (!real.startsWith(root)) {
            throw new IOException(
                    parameter + " is " + Quoted.of(path) + ", which leads out of the workspace: use a path in it.");
        }
        return real;
    }

    private static void delete(Path folder) throws IOException {
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

        Report(String digest, long size, long sent) {
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

        long sent() {
            return sent;
        }
    }
}
