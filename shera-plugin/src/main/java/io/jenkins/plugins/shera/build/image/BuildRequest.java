package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.oci.image.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All that decides what comes out of a build, and where its temporary files may stand. */
public final class BuildRequest {
    final Dockerfile dockerfile;
    final BuildContext context;
    final String target;
    final Map<String, String> buildArgs;
    final Platform platform;
    final Instant created;
    final BaseImages bases;
    final Path spool;
    final Path cache;
    final Consumer<String> log;

    /**
     * Takes the parts.
     *
     * @param target the stage to build, by name or number; null for the last one
     * @param created the time written into the image; the commit's, so that the same commit gives the same image
     * @param spool an empty folder for layers; the caller deletes it
     * @param cache a folder that may be kept from build to build
     * @param log takes one line of progress at a time
     */
    public BuildRequest(
            Dockerfile dockerfile,
            BuildContext context,
            String target,
            Map<String, String> buildArgs,
            Platform platform,
            Instant created,
            BaseImages bases,
            Path spool,
            Path cache,
            Consumer<String> log) {
        this.dockerfile = dockerfile;
        this.context = context;
        this.target = target;
        this.buildArgs = new TreeMap<>(buildArgs);
        this.platform = platform;
        this.created = created;
        this.bases = bases;
        this.spool = spool;
        this.cache = cache;
        this.log = log;
    }
}
