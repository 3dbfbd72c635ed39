package io.jenkins.plugins.shera.oci.sbom;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells of which group a library is that does not say so itself: the one from which Maven resolved exactly these bytes, as its local
 * repository on this machine shows. Nothing is downloaded for it.
 */
public final class Groups {
    private static final int DEEPEST = 16;
    private static final int MOST_FOLDERS = 300_000;
    private static final long LARGEST = 512L << 20;

    private final Path repository;

    private Groups(Path repository) {
        this.repository = repository;
    }

    /** Knows none but what the libraries say. */
    public static Groups none() {
        return new Groups(null);
    }

    /** Asks a local repository of Maven, which need not be there. */
    public static Groups of(Path localRepository) {
        return new Groups(localRepository);
    }

    List<Artifact> complete(List<Artifact> artifacts) {
        Map<String, List<Artifact>> wanted = artifacts.stream()
                .filter(one ->
                        one.group().isEmpty() && one.isFile() && !one.version().isEmpty())
                .collect(Collectors.groupingBy(one -> one.name() + "/" + one.version()));
        if (repository == null || wanted.isEmpty() || !Files.isDirectory(repository)) {
            return artifacts;
        }
        Map<Artifact, String> found = new HashMap<>();
        try {
            Files.walkFileTree(
                    repository,
                    EnumSet.noneOf(java.nio.file.FileVisitOption.class),
                    DEEPEST,
                    new Search(wanted, found));
        } catch (IOException e) {
            // What was found until then is true all the same.
            return named(artifacts, found);
        }
        return named(artifacts, found);
    }

    private static List<Artifact> named(List<Artifact> artifacts, Map<Artifact, String> found) {
        Function<Artifact, Artifact> name = one -> found.containsKey(one) ? one.of(found.get(one)) : one;
        return artifacts.stream().map(name).toList();
    }

    private final class Search extends SimpleFileVisitor<Path> {
        private final Map<String, List<Artifact>> wanted;
        private final Map<Artifact, String> found;
        private int folders;

        Search(Map<String, List<Artifact>> wanted, Map<Artifact, String> found) {
            this.wanted = wanted;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path inside = repository.relativize(folder);
            int names = inside.getNameCount();
            if (++folders > MOST_FOLDERS || wanted.isEmpty()) {
                return FileVisitResult.TERMINATE;
            }
            if (names < 3) {
                return FileVisitResult.CONTINUE;
            }
            String name = inside.getName(names - 2).toString();
            String version = inside.getName(names - 1).toString();
            for (Artifact one : wanted.getOrDefault(name + "/" + version, List.of())) {
                if (one.sha256().equals(sha256(folder.resolve(name + "-" + version + ".jar")))) {
                    found.put(
                            one,
                            inside.subpath(0, names - 2)
                                    .toString()
                                    .replace('/', '.')
                                    .replace('\\', '.'));
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static String sha256(Path file) {
        MessageDigest hash = io.jenkins.plugins.shera.oci.image.Digest.sha256();
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
            if (Files.size(file) > LARGEST) {
                return "";
            }
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(hash.digest());
        } catch (IOException e) {
            return "";
        }
    }
}
