package io.jenkins.plugins.shera.nginx.trial;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets the node's nginx test files of people in a {@link Cage} before it tests them as itself. It reads a copy with other ports, paths and no
 * keys, in a folder that is gone afterwards. It only refuses for what stands in the files themselves, and for what uses up time or memory:
 * what a copy cannot tell, the real test does.
 */
public final class Trial {
    private static final Pattern PLACE = Pattern.compile(" in \\S*/candidate/([A-Za-z0-9_.-]+):([0-9]+)");

    /** A name that cannot be looked up without a network, and definitions of nginx.conf that the copy has not. */
    private static final Pattern OPEN = Pattern.compile(
            "host not found|could not be resolved|permission denied|unknown \"", Pattern.CASE_INSENSITIVE);

    /** What files of people may use of the {@code http} block that includes them. */
    private static final Set<String> DEFINITIONS = Set.of(
            "map",
            "geo",
            "split_clients",
            "upstream",
            "limit_req_zone",
            "limit_conn_zone",
            "map_hash_bucket_size",
            "map_hash_max_size",
            "server_names_hash_bucket_size",
            "server_names_hash_max_size",
            "variables_hash_bucket_size",
            "variables_hash_max_size");

    private final Path binary;
    private final Path mainConfig;

    /** Of that nginx program, which reads that configuration. */
    public Trial(Path binary, Path mainConfig) {
        this.binary = binary;
        this.mainConfig = mainConfig;
    }

    /** What protects this machine from files that are tried. */
    public static Set<Protection> protections() throws InterruptedException {
        return Cage.here().protections();
    }

    /**
     * Tries these files together, by name.
     *
     * @throws RefusedException in nginx's own words, with names and lines of these files
     */
    public void of(Map<String, String> files) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                "shera-trial", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Copy copy = new Copy();
            Path candidate = Files.createDirectory(folder.resolve("candidate"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                SourceFile source = Parser.parse(file.getKey(), file.getValue());
                Files.writeString(
                        candidate.resolve(file.getKey()), copy.of(source).text());
            }
            Path main = folder.resolve("nginx.conf");
            Files.writeString(main, wrapped(folder, copy));
            judge(main, folder);
        } catch (SyntaxException e) {
            throw new RefusedException(
                    "nginx refused the configuration, and the earlier one stays in force: " + e.getMessage());
        } finally {
            delete(folder);
        }
    }

    private String wrapped(Path folder, Copy copy) throws IOException {
        return "pid " + folder + "/nginx.pid;\nerror_log stderr;\nevents { worker_connections 64; }\nhttp {\n"
                + Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                        .map(name -> name + "_temp_path " + folder + "/" + name + ";\n")
                        .collect(Collectors.joining())
                + definitions(copy)
                + "include " + folder + "/candidate/*.conf;\n}\n";
    }

    /** Those of the operator that files of people may name; none where they stand in files that it includes. */
    private String definitions(Copy copy) throws IOException {
        try {
            List<Statement> found = new ArrayList<>();
            for (Statement statement : Parser.parse("nginx.conf", Files.readString(mainConfig, StandardCharsets.UTF_8))
                    .statements()) {
                if (statement.name().equals("http") && statement.block() != null) {
                    statement.block().stream()
                            .filter(inner -> DEFINITIONS.contains(inner.name()))
                            .forEach(found::add);
                }
            }
            return copy.of(new SourceFile("nginx.conf", found, "\n")).text();
        } catch (SyntaxException e) {
            return "";
        }
    }

    private void judge(Path main, Path folder) throws IOException, InterruptedException {
        Cage cage = Cage.here();
        if (cage.isOtherUser()) {
            give(folder);
        }
        List<String> argv = new ArrayList<>(cage.prefix());
        argv.addAll(List.of(binary.toString(), "-t", "-q", "-p", folder.toString(), "-c", main.toString()));
        Command.Result result;
        try {
            result = Command.run(argv, folder.getRoot(), Cage.LIMIT);
        } catch (IOException e) {
            throw new RefusedException(
                    "The files were tried apart from the running nginx, and the test had not ended after "
                            + Cage.LIMIT.toSeconds() + " s, so nothing was changed. Make them simpler.");
        }
        if (result.succeeded()) {
            return;
        }
        // From 128 on a signal ended it, among them those of the limits.
        boolean ended = result.exitCode() >= 128
                || result.output().contains("malloc(")
                || result.output().contains("Cannot allocate memory");
        if (ended) {
            throw new RefusedException(
                    "The files were tried apart from the running nginx, and the test uses more memory or"
                            + " time than is given to it (1 GiB, " + Cage.LIMIT.toSeconds()
                            + " s), so nothing was changed. "
                            + "Make them simpler, or zones smaller.");
        }
        for (String line : result.output().split("\n")) {
            Matcher place = PLACE.matcher(line);
            if (line.contains("[emerg]") && place.find() && !OPEN.matcher(line).find()) {
                throw new RefusedException("nginx refused the configuration, and the earlier one stays in force: "
                        + line.replaceFirst("^.*\\[emerg] [0-9#: ]*", "")
                                .replace(folder + "/candidate/", "")
                                .strip());
            }
        }
    }

    /** To whom it is run as. */
    private static void give(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
                PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class);
                Files.getFileAttributeView(path, PosixFileAttributeView.class)
                        .setPermissions(
                                PosixFilePermissions.fromString(found.isDirectory() ? "rwx------" : "rw-------"));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
