package io.jenkins.plugins.shera.demo.site;

import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The sample application as a real git repository of one commit. */
final class SampleRepository {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private SampleRepository() {}

    /** Makes it, or brings it in line with the sources, and gives the address to clone it from. */
    static String make(Path sources, Path repository) throws IOException, InterruptedException {
        if (Machine.find("git").isEmpty()) {
            throw new IOException("The demo needs git, and there is none on PATH: install it and start again.");
        }
        Files.createDirectories(repository);
        copy(sources, repository);
        if (!Files.isDirectory(repository.resolve(".git"))) {
            git(repository, "init", "--quiet", "--initial-branch=main");
        }
        git(repository, "add", "--all");
        if (!git(repository, "status", "--porcelain").isBlank()) {
            git(
                    repository,
                    "-c",
                    "user.name=SheRa demo",
                    "-c",
                    "user.email=demo@localhost",
                    "-c",
                    "commit.gpgsign=false",
                    "commit",
                    "--quiet",
                    "--message=Open the shop");
        }
        return repository.toUri().toString().replaceFirst("/$", "");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.filter(path -> !from.relativize(path).startsWith("target"))
                    .toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else if (!Files.exists(copy) || Files.mismatch(path, copy) >= 0) {
                    Files.write(copy, Files.readAllBytes(path));
                }
            }
        }
    }

    private static String git(Path directory, String... words) throws IOException, InterruptedException {
        List<String> argv = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
        Command.Result result = Command.run(argv, directory, LIMIT);
        if (!result.succeeded()) {
            throw new IOException("git " + words[words.length - 1] + " failed: "
                    + result.output().strip());
        }
        return result.output();
    }
}
