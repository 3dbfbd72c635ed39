package io.jenkins.plugins.shera.build.bench;

import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.build.image.BuildRequest;
import io.jenkins.plugins.shera.build.image.BuiltImage;
import io.jenkins.plugins.shera.build.image.ImageBuilder;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.KnownConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** The build as the step does it on the agent, without Jenkins around it. */
record OurBuild(String registry, Path context, Path cache) {
    private static final String DOCKERFILE =
            "FROM %s/base:1\nCOPY lib /app/lib\nCOPY classes /app/classes\nCMD [\"java\", \"-cp\", \"/app\"]\n";

    /** What is built. */
    static String dockerfile(String registry) {
        return DOCKERFILE.formatted(registry);
    }

    /** Where it is pushed to. */
    ImagePlace place() {
        return new ImagePlace(RegistryAddress.of(registry), RegistryCredentials.NONE);
    }

    BuiltImage build(Path spool) throws IOException {
        ImagePlace place = place();
        KnownConfigs configs = new KnownConfigs(cache);
        return new ImageBuilder(new BuildRequest(
                        Dockerfile.parse(dockerfile(registry)),
                        new BuildContext(context, context.resolve("Dockerfile")),
                        null,
                        Map.of(),
                        Platform.ofThisMachine(),
                        Instant.EPOCH,
                        (reference, platform) -> Image.read(
                                place.repository(reference.repository()), reference.target(), platform, configs),
                        Files.createTempDirectory(spool, "spool"),
                        cache,
                        line -> {}))
                .build();
    }
}
