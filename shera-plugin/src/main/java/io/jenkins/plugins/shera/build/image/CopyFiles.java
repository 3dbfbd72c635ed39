package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.build.dockerfile.Instruction;
import io.jenkins.plugins.shera.build.dockerfile.Keyword;
import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** COPY and ADD: one layer of what the sources hold. */
final class CopyFiles {
    private static final Pattern REMOTE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*|git@.*");

    private final BuildRequest request;
    private final StageBuild stage;
    private final Instruction instruction;
    private final Owner owner;
    private final int mode;
    private final LayerWriter writer = new LayerWriter(StageBuild.FILE_TIME);

    CopyFiles(BuildRequest request, StageBuild stage, Instruction instruction) throws IOException {
        this.request = request;
        this.stage = stage;
        this.instruction = instruction;
        String chown = stage.expand(instruction, instruction.flag("chown").orElse(""));
        this.owner = Owner.of(instruction, chown, stage.files());
        this.mode = mode(stage.expand(instruction, instruction.flag("chmod").orElse("")));
    }

    private int mode(String chmod) throws IOException {
        if (!chmod.isEmpty() && !chmod.matches("[0-7]{3,4}")) {
            throw instruction.failure("--chmod takes an octal number here, e.g. --chmod=755.");
        }
        return chmod.isEmpty() ? -1 : Integer.parseInt(chmod, 8);
    }

    void run() throws IOException {
        List<String> words = words();
        String to = words.remove(words.size() - 1);
        String target = stage.files().tree().resolve(stage.absolute(to));
        Optional<TarEntry> there = stage.files().tree().find(target);
        boolean folder = to.endsWith("/")
                || to.equals(".")
                || to.endsWith("/.")
                || target.isEmpty()
                || there.isPresent() && there.get().kind() == TarEntry.Kind.FOLDER;
        List<Source> sources = sources(words);
        if (sources.size() > 1 && !folder) {
            throw instruction.failure(
                    "more than one file is copied, so the target must be a folder and end with a slash.");
        }
        for (Source source : sources) {
            source.writeTo(target, folder, this);
        }
        stage.addLayer(writer, instruction);
    }

    private List<String> words() throws IOException {
        Optional<List<String>> list = instruction.execForm();
        List<String> words = new ArrayList<>();
        for (String word : list.isPresent() ? list.get() : instruction.words()) {
            words.add(stage.expand(instruction, word));
        }
        if (words.size() < 2) {
            throw instruction.failure(instruction.keyword() + " takes at least a source and a target.");
        }
        return words;
    }

    private List<Source> sources(List<String> names) throws IOException {
        Optional<String> from = instruction.flag("from");
        List<Source> sources = new ArrayList<>();
        for (String name : names) {
            if (instruction.keyword() == Keyword.ADD && REMOTE.matcher(name).matches()) {
                throw instruction.failure(
                        "ADD of " + Quoted.of(name) + " is not taken by the daemonless builder: fetch it"
                                + " before the build, check its hash, and COPY it.");
            }
            List<? extends Source> found = from.isPresent()
                    ? ImageSource.find(stage.filesOf(instruction, stage.expand(instruction, from.get())), name)
                    : contextSources(name);
            if (found.isEmpty()) {
                throw instruction.failure("there is no " + Quoted.of(name) + " in "
                        + from.map(f -> "the files of " + Quoted.of(f))
                                .orElse("the build context; is it built, and does .dockerignore keep it out?"));
            }
            sources.addAll(found);
        }
        return sources;
    }

    private List<? extends Source> contextSources(String name) throws IOException {
        try {
            return ContextSource.find(request.context, name, instruction.keyword() == Keyword.ADD);
        } catch (IOException e) {
            throw instruction.failure(e.getMessage());
        }
    }

    /** Takes one file, folder or link into the layer, under owner and mode of this instruction. */
    void add(TarEntry entry, BlobSource content) throws IOException {
        boolean link = entry.kind() == TarEntry.Kind.SYMLINK;
        TarEntry written = mode < 0 || link ? entry : entry.withMode(mode);
        written = owner.isGiven() ? owner.of(written) : written;
        stage.addParents(writer, entry.name(), owner.user(), owner.group());
        writer.add(written, content);
    }

    /** Keeps what a stream gives until the layer is written. */
    BlobSource spooled(InputStream content) throws IOException {
        Path file = Files.createTempFile(request.spool, "content", "");
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        return BlobSource.of(file);
    }

    /** Something to be copied. */
    interface Source {
        /** Adds what it holds; {@code folder} says that the target is a folder to put a file into. */
        void writeTo(String target, boolean folder, CopyFiles layer) throws IOException;
    }

    static String join(String folder, String name) {
        return folder.isEmpty() ? name : name.isEmpty() ? folder : folder + "/" + name;
    }
}
