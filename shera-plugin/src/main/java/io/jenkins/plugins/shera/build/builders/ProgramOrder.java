package io.jenkins.plugins.shera.build.builders;

import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a program is to build: paths are absolute, on the machine where it runs. */
public final class ProgramOrder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern OF_THE_PROGRAM = Pattern.compile(
            "(?i)(PATH|HOME|USER|TMPDIR|LANG|XDG_.*|LD_.*|DOCKER_.*|BUILDX_.*|BUILDAH_.*|REGISTRY_.*|CONTAINERS?_.*|STORAGE_.*|_.*)");

    private final String file;
    private final String context;
    private final String ignoreFile;
    private final String target;
    private final Platform platform;
    private final Map<String, String> buildArgs;
    private final String folder;
    private final String name;
    private final Set<String> files;

    /**
     * Takes the parts.
     *
     * @param ignoreFile the ignore file of this Dockerfile alone; null when it has none
     * @param target the stage to build; null for the last one
     * @param platform null for the program's own
     * @param folder a folder of this build alone, where the archive goes and the files of {@link RegistryFiles} are
     * @param name the local name of the image, of this build alone
     * @param files the names of what {@link RegistryFiles} put there
     */
    public ProgramOrder(
            String file,
            String context,
            String ignoreFile,
            String target,
            Platform platform,
            Map<String, String> buildArgs,
            String folder,
            String name,
            Set<String> files) {
        this.file = file;
        this.context = context;
        this.ignoreFile = ignoreFile;
        this.target = target;
        this.platform = platform;
        this.buildArgs = new TreeMap<>(buildArgs);
        this.folder = folder;
        this.name = name;
        this.files = Set.copyOf(files);
        check(buildArgs.keySet());
    }

    /** Values go through the environment, so a name must be one that no program reads for itself. */
    private static void check(Set<String> names) {
        for (String one : names) {
            if (!NAME.matcher(one).matches() || OF_THE_PROGRAM.matcher(one).matches()) {
                throw new IllegalArgumentException("The build argument " + Quoted.of(one)
                        + " cannot be given to docker or buildah: take a name of letters, digits and '_' that means"
                        + " nothing to these programs themselves.");
            }
        }
    }

    /** The file the image is written to. */
    public String archive() {
        return folder + "/image.tar";
    }

    /** The local name. */
    String name() {
        return name;
    }

    Map<String, String> buildArgs() {
        return buildArgs;
    }

    /** A file of {@link RegistryFiles}; null when it was not needed. */
    String file(String wanted) {
        return files.contains(wanted) ? folder + "/" + wanted : null;
    }

    String folder() {
        return folder;
    }

    String ignoreFile() {
        return ignoreFile;
    }

    /** The part of the command that both programs spell in the same way. */
    List<String> arguments() {
        List<String> words = new ArrayList<>(List.of("--file", file, "--tag", name));
        if (target != null) {
            words.addAll(List.of("--target", target));
        }
        if (platform != null) {
            words.addAll(List.of("--platform", platform.toString()));
        }
        buildArgs.keySet().forEach(argument -> words.addAll(List.of("--build-arg", argument)));
        words.add(context);
        return words;
    }
}
