package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.build.dockerfile.DockerfileException;
import io.jenkins.plugins.shera.build.dockerfile.Expansion;
import io.jenkins.plugins.shera.build.dockerfile.Instruction;
import io.jenkins.plugins.shera.build.dockerfile.Stage;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Builds the stages of a Dockerfile that its last stage needs. For one build by one thread. */
public final class ImageBuilder {
    private static final String SCRATCH = "scratch";

    private final BuildRequest request;
    private final Map<String, String> globals;
    private final Map<Integer, StageBuild> built = new HashMap<>();
    private final Map<String, Image> found = new HashMap<>();
    private final Map<String, StageFiles> images = new HashMap<>();
    private final Set<String> usedArguments = new HashSet<>();

    /** Reads the ARGs before the first FROM. */
    public ImageBuilder(BuildRequest request) throws DockerfileException {
        this.request = request;
        this.globals = platformArguments(request.platform);
        for (Instruction instruction : request.dockerfile.arguments()) {
            for (String word : instruction.words()) {
                String[] pair = word.split("=", 2);
                String value = pair.length == 2 ? Expansion.of(instruction, pair[1], globals) : null;
                argument(pair[0]).or(() -> Optional.ofNullable(value)).ifPresent(v -> globals.put(pair[0], v));
            }
        }
    }

    private static Map<String, String> platformArguments(Platform platform) {
        Map<String, String> values = new HashMap<>();
        for (String side : List.of("TARGET", "BUILD")) {
            values.put(side + "PLATFORM", platform.toString());
            values.put(side + "OS", platform.os());
            values.put(side + "ARCH", platform.architecture());
        }
        return values;
    }

    /** Builds the stage asked for. */
    public BuiltImage build() throws IOException {
        StageBuild last = stage(request.dockerfile.target(request.target));
        Set<String> unused = new TreeSet<>(request.buildArgs.keySet());
        unused.removeAll(usedArguments);
        if (!unused.isEmpty()) {
            request.log.accept("Build arguments that no ARG of the Dockerfile takes: " + String.join(", ", unused));
        }
        BuiltImage image = last.finish();
        image.on(base());
        return image;
    }

    /** What the stage asked for is built on, through the stages below it; for this, nothing is built and no layer is read. */
    public BaseImage base() throws IOException {
        int number = request.dockerfile.target(request.target);
        while (true) {
            Stage stage = request.dockerfile.stages().get(number);
            String base = base(stage);
            if (base.equals(SCRATCH)) {
                return BaseImage.SCRATCH;
            }
            Optional<Integer> below = below(base, number);
            if (below.isEmpty()) {
                Image image = find(stage.from(), base, platform(stage));
                return BaseImage.of(ImageReference.parse(base), image);
            }
            number = below.get();
        }
    }

    private StageBuild stage(int number) throws IOException {
        StageBuild known = built.get(number);
        if (known != null) {
            return known;
        }
        Stage stage = request.dockerfile.stages().get(number);
        StageBuild build = new StageBuild(request, this, number, start(stage, number));
        built.put(number, build);
        for (Instruction instruction : stage.instructions()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new java.io.InterruptedIOException("The build of the image was stopped.");
            }
            request.log.accept(
                    "[" + (number + 1) + "/" + request.dockerfile.stages().size() + "] " + instruction);
            build.run(instruction);
        }
        return build;
    }

    private StageFiles start(Stage stage, int number) throws IOException {
        String base = base(stage);
        if (base.equals(SCRATCH)) {
            return StageFiles.scratch(request);
        }
        Optional<Integer> earlier = below(base, number);
        if (earlier.isPresent()) {
            StageBuild below = stage(earlier.get());
            return below.files().copy(below.config());
        }
        return image(stage.from(), base, platform(stage)).copy();
    }

    private String base(Stage stage) throws DockerfileException {
        String base = Expansion.of(stage.from(), stage.base(), globals);
        if (base.isEmpty()) {
            throw stage.from()
                    .failure("FROM " + stage.base() + " names nothing: give the build argument, or a default"
                            + " by ARG before the FROM.");
        }
        return base;
    }

    /** A FROM means an earlier stage by its name alone. */
    private Optional<Integer> below(String base, int number) {
        return base.matches("[0-9]+") ? Optional.empty() : request.dockerfile.stage(base, number);
    }

    private String platform(Stage stage) throws DockerfileException {
        return Expansion.of(stage.from(), stage.from().flag("platform").orElse(""), globals);
    }

    /** The files of an earlier stage or of another image, for COPY --from. */
    StageFiles filesOf(Instruction instruction, String from, int number) throws IOException {
        Optional<Integer> earlier = request.dockerfile.stage(from, number);
        if (earlier.isPresent()) {
            return stage(earlier.get()).files();
        }
        if (from.matches("[0-9]+")) {
            throw instruction.failure("there is no stage " + from + " before this one.");
        }
        return image(instruction, from, "");
    }

    private StageFiles image(Instruction instruction, String name, String platform) throws IOException {
        String key = platform + " " + name;
        StageFiles known = images.get(key);
        if (known == null) {
            known = StageFiles.on(find(instruction, name, platform), request);
            images.put(key, known);
        }
        return known;
    }

    private Image find(Instruction instruction, String name, String platform) throws IOException {
        String key = platform + " " + name;
        Image image = found.get(key);
        if (image == null) {
            try {
                Platform wanted = platform.isEmpty() ? request.platform : Platform.parse(platform);
                image = request.bases.find(ImageReference.parse(name), wanted);
                request.log.accept("Base image " + image.home().name() + "@"
                        + image.manifest().digest());
            } catch (IllegalArgumentException e) {
                throw instruction.failure(e.getMessage());
            }
            found.put(key, image);
        }
        return image;
    }

    /** A build argument, if it was given. */
    Optional<String> argument(String name) {
        usedArguments.add(name);
        return Optional.ofNullable(request.buildArgs.get(name));
    }

    /** The value an ARG before the first FROM, or the platform, gave; if any. */
    Optional<String> global(String name) {
        return Optional.ofNullable(globals.get(name));
    }
}
