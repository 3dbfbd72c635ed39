package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Password files of a node, {@code users/<version>}: never changed once they are there, and readable for their owner and the workers of
 * nginx alone. They lie beside the generations, which only name them.
 */
final class UserFiles {
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int LONGEST = 256 * 1024;

    private final NginxInstallation installation;
    private final ReleaseFolder routes;
    private final Path folder;

    UserFiles(NodeFolders folders, NginxInstallation installation) {
        this.installation = installation;
        this.routes = folders.routes();
        this.folder = Path.of(folders.folder(), "users");
    }

    /** Puts those there that these routes name, and refuses routes whose file is not here then. */
    void prepare(RouteSet wanted, Collection<PasswordFile> brought) throws IOException, InterruptedException {
        Set<String> named = versions(wanted);
        if (named.isEmpty()) {
            return;
        }
        Optional<GroupPrincipal> workers = WorkerGroup.of(installation);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER);
        }
        open(folder, workers, "rwx------", "rwx--x---");
        if (workers.isPresent()) {
            WorkerGroup.requireReach(folder, workers.get());
        }
        for (PasswordFile file : brought) {
            if (named.contains(file.version()) && problem(file.version()).isPresent()) {
                write(file, workers);
            }
        }
        List<String> problems = changes(wanted);
        if (!problems.isEmpty()) {
            throw new Rollover.RefusedException(problems.get(0) + " on this node. Give the route its rules again, which"
                    + " brings it, then try again.");
        }
    }

    private void write(PasswordFile file, Optional<GroupPrincipal> workers) throws IOException {
        Path beside = folder.resolve("." + UUID.randomUUID());
        try {
            Files.createFile(beside, FILE);
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(file.text().getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            open(beside, workers, "rw-------", "rw-r-----");
            Files.move(beside, folder.resolve(file.version()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void open(Path path, Optional<GroupPrincipal> workers, String alone, String shared)
            throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (workers.isPresent()) {
            view.setGroup(workers.get());
        }
        view.setPermissions(PosixFilePermissions.fromString(workers.isPresent() ? shared : alone));
    }

    /** What somebody changed of the files, one line for each host. */
    List<String> changes(RouteSet wanted) throws IOException {
        return wanted.routes().stream()
                .filter(route -> route.rules() != null && route.rules().users() != null)
                .flatMap(route -> problem(route.rules().users()).stream()
                        .map(problem -> "users: the password file of " + route.host() + " " + problem))
                .distinct()
                .toList();
    }

    private Optional<String> problem(String version) {
        Path file = folder.resolve(version);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
                return Optional.of("is missing");
            }
            if (PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .endsWith("r--")) {
                return Optional.of("can be read by everybody on the machine");
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return PasswordFile.of(text).version().equals(version) ? Optional.empty() : Optional.of("was edited");
        } catch (InvalidRouteException e) {
            return Optional.of("was edited");
        } catch (IOException e) {
            return Optional.of("cannot be read");
        }
    }

    /** Takes away what neither the generation in force nor the one before names; never fails what was done. */
    void tidy() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Release> all = routes.releases();
            Set<String> named = new HashSet<>();
            for (Release release : all.subList(Math.max(0, all.size() - 2), all.size())) {
                named.addAll(versionsOf(release));
            }
            Optional<Release> current = routes.current();
            if (current.isPresent()) {
                named.addAll(versionsOf(current.get()));
            }
            for (Path file : files.toList()) {
                if (!named.contains(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            // They lie where nobody else reads them; the next change tries again.
        }
    }

    private static Set<String> versionsOf(Release release) throws IOException {
        Path intent = release.folder().resolve("routes.json");
        return Files.isRegularFile(intent)
                ? versions(RouteFiles.read(Map.of("routes.json", Files.readAllBytes(intent))))
                : Set.of();
    }

    private static Set<String> versions(RouteSet routes) {
        Set<String> versions = new HashSet<>();
        routes.routes().stream()
                .filter(route -> route.rules() != null && route.rules().users() != null)
                .forEach(route -> versions.add(route.rules().users()));
        return versions;
    }
}
