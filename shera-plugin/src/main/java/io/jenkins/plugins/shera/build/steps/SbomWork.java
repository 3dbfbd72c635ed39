package io.jenkins.plugins.shera.build.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.shera.build.image.SbomMaker;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.sbom.FoundSbom;
import io.jenkins.plugins.shera.oci.sbom.Groups;
import io.jenkins.plugins.shera.oci.sbom.SbomShelf;
import io.jenkins.plugins.shera.oci.statement.KeyRing;
import io.jenkins.plugins.shera.oci.statement.TrustedKey;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes on the agent the SBOM of an image that was pushed, unless one that our key signed stands beside it; is not saved. */
final class SbomWork implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern REPOSITORY = Pattern.compile("-Dmaven\\.repo\\.local=(\\S+)");

    private final String key;
    private final String repository;
    private final String folder;
    private final TaskListener listener;

    private SbomWork(String key, String repository, String folder, TaskListener listener) {
        this.key = key;
        this.repository = repository;
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * As the order wants it.
     *
     * @param key the public key, in PEM, by which SBOMs are signed
     * @param environment the build's, which may say where Maven keeps what it resolved
     * @param folder a folder of the agent that may be kept from build to build
     */
    static SbomWork of(
            BuildOrder order, String key, Map<String, String> environment, String folder, TaskListener listener) {
        Matcher set = REPOSITORY.matcher(
                environment.getOrDefault("MAVEN_ARGS", "") + " " + environment.getOrDefault("MAVEN_OPTS", ""));
        return new SbomWork(order.options().wantsSbom() ? key : null, set.find() ? set.group(1) : "", folder, listener);
    }

    /** Writes the SBOM when it is asked. */
    interface Source {
        byte[] write(SbomMaker maker) throws IOException;
    }

    /** None or one; {@code name} is the image's name without tag and digest. */
    ArrayList<MadeSbom> carryOut(ImageTarget target, String name, Digest image, Source source) throws IOException {
        ArrayList<MadeSbom> made = new ArrayList<>();
        if (key == null) {
            return made;
        }
        KeyRing ours = new KeyRing(List.of(TrustedKey.ofPem(key)), Set.of());
        Optional<FoundSbom> there = new SbomShelf(target).read(image, ours).filter(FoundSbom::isSigned);
        if (there.isPresent()) {
            made.add(new MadeSbom(image.toString(), there.get().components(), null));
            return made;
        }
        Path kept = Files.createDirectories(Path.of(folder, "base-listings"));
        Path spool = Files.createTempDirectory(Path.of(folder), "sbom-");
        try {
            byte[] content = source.write(new SbomMaker(name, kept, spool, Groups.of(mavenRepository())));
            made.add(new MadeSbom(image.toString(), FoundSbom.count(content), content));
            listener.getLogger().println("SBOM of " + made.get(0).components() + " components");
            return made;
        } finally {
            ImageTask.delete(spool);
        }
    }

    private Path mavenRepository() {
        return repository.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : Path.of(repository);
    }
}
