package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.build.dockerfile.DockerfileException;
import io.jenkins.plugins.shera.build.dockerfile.Expansion;
import io.jenkins.plugins.shera.build.dockerfile.Instruction;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerCache;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One stage while its instructions are carried out. */
final class StageBuild {
    /** The time of every file we write: a constant, so that a layer does not change with the commit alone. */
    static final Instant FILE_TIME = Instant.ofEpochSecond(1);

    private final BuildRequest request;
    private final ImageBuilder builder;
    private final int number;
    private final StageFiles files;
    private final ImageConfig config;
    private final Map<String, String> arguments = new HashMap<>();
    private boolean ownCommand;

    StageBuild(BuildRequest request, ImageBuilder builder, int number, StageFiles files) throws IOException {
        this.request = request;
        this.builder = builder;
        this.number = number;
        this.files = files;
        this.config = files.baseConfig();
        config.forgetBuilder();
        if (!config.container().path("OnBuild").isEmpty()) {
            throw new DockerfileException(
                    request.dockerfile.stages().get(number).from().line(),
                    "the base image carries ONBUILD instructions, which the daemonless builder does not carry out: build on"
                            + " an image without them.");
        }
    }

    void run(Instruction instruction) throws IOException {
        switch (instruction.keyword()) {
            case ARG:
                argument(instruction);
                break;
            case COPY:
            case ADD:
                new CopyFiles(request, this, instruction).run();
                break;
            case WORKDIR:
                workdir(instruction);
                break;
            default:
                new Settings(this, instruction).apply();
                config.addEmptyLayer(instruction.toString());
                break;
        }
    }

    private void argument(Instruction instruction) throws IOException {
        for (String word : instruction.words()) {
            String[] pair = word.split("=", 2);
            String fallback = pair.length == 2 ? expand(instruction, pair[1]) : null;
            Optional<String> value = builder.argument(pair[0])
                    .or(() -> Optional.ofNullable(fallback))
                    .or(() -> builder.global(pair[0]));
            value.ifPresent(v -> arguments.put(pair[0], v));
        }
        config.addEmptyLayer(instruction.toString());
    }

    private void workdir(Instruction instruction) throws IOException {
        String path = absolute(expand(instruction, instruction.rest()));
        config.container().put("WorkingDir", path);
        String inside = files.tree().resolve(path);
        if (inside.isEmpty() || files.tree().find(inside).isPresent()) {
            config.addEmptyLayer(instruction.toString());
            return;
        }
        LayerWriter writer = new LayerWriter(FILE_TIME);
        addParents(writer, inside, 0, 0);
        writer.add(TarEntry.folder(inside, 0755));
        addLayer(writer, instruction);
    }

    /** A path of the image, from the working folder if it is relative, without dots. */
    String absolute(String path) {
        String joined = path.startsWith("/") ? path : config.workingDir() + "/" + path;
        StringBuilder out = new StringBuilder();
        for (String part : joined.split("/")) {
            if (part.equals("..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            } else if (!part.isEmpty() && !part.equals(".")) {
                out.append('/').append(part);
            }
        }
        return out.length() == 0 ? "/" : out.toString();
    }

    /** Adds the folders above a name that the image does not have yet. */
    void addParents(LayerWriter writer, String name, long user, long group) throws IOException {
        for (String parent = EntryNames.parent(name); !parent.isEmpty(); parent = EntryNames.parent(parent)) {
            if (!writer.contains(parent) && files.tree().find(parent).isEmpty()) {
                writer.add(TarEntry.folder(parent, 0755).ownedBy(user, group));
            }
        }
    }

    void addLayer(LayerWriter writer, Instruction instruction) throws IOException {
        Path file = Files.createTempFile(request.spool, "layer", "");
        Layer layer = new LayerCache(request.cache.resolve("layers")).write(writer, file);
        files.add(layer, writer);
        config.addLayer(layer.diffId(), instruction.toString());
    }

    /** The word with values of ARG and ENV in it; ENV goes before ARG. */
    String expand(Instruction instruction, String word) throws DockerfileException {
        return Expansion.of(instruction, word, values());
    }

    Map<String, String> values() {
        Map<String, String> values = new HashMap<>(arguments);
        values.putAll(config.environment());
        return values;
    }

    StageFiles filesOf(Instruction instruction, String from) throws IOException {
        return builder.filesOf(instruction, from, number);
    }

    StageFiles files() {
        return files;
    }

    ImageConfig config() {
        return config;
    }

    /** The words of a command in shell form: the shell, then the text. */
    List<String> inShell(String command) {
        List<String> words = new java.util.ArrayList<>();
        config.container().path("Shell").forEach(word -> words.add(word.asText()));
        if (words.isEmpty()) {
            words.addAll(List.of("/bin/sh", "-c"));
        }
        words.add(command);
        return words;
    }

    void ownCommand() {
        ownCommand = true;
    }

    boolean hasOwnCommand() {
        return ownCommand;
    }

    BuiltImage finish() {
        config.created(request.created);
        return new BuiltImage(files.push(), config, files.writers());
    }
}
