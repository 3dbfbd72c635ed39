package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.imports.ConfigTree;
import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the configuration that people wrote on a node; changes nothing. */
public final class TreeReader {
    private static final int MOST_FILES = 500;
    private static final int LARGEST = 1 << 20;

    private TreeReader() {}

    /**
     * The {@code nginx.conf} and every file that it leads to, but for those in our folder.
     *
     * @throws IOException if there are too many or too large ones, or one cannot be read
     */
    public static ConfigTree read(NginxInstallation installation) throws IOException {
        String main = installation.mainConfig().toAbsolutePath().normalize().toString();
        Path ours = installation.folder().toAbsolutePath().normalize();
        TreeMap<String, String> files = new TreeMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(main));
        while (!next.isEmpty()) {
            String file = next.pop();
            Path path = Path.of(file);
            if (files.containsKey(file) || path.startsWith(ours)) {
                continue;
            }
            if (files.size() >= MOST_FILES || Files.size(path) > LARGEST) {
                throw new IOException(
                        "The configuration of this node is more than " + MOST_FILES + " files, or has one above 1 MiB: "
                                + file + ". Import it from an archive of the part you mean.");
            }
            String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            files.put(file, text);
            try {
                follow(main, Parser.parse(file, text).statements(), next);
            } catch (SyntaxException e) {
                throw new IOException(e.getMessage() + ". Correct it, as nginx itself would not read it.", e);
            }
        }
        return new ConfigTree(main, files);
    }

    private static void follow(String main, List<Statement> statements, Deque<String> next) throws IOException {
        for (Statement each : statements) {
            if (each.name().equals("include") && each.arguments().size() == 1) {
                next.addAll(found(ConfigTree.absolute(main, each.arguments().get(0))));
            } else if (each.block() != null) {
                follow(main, each.block(), next);
            }
        }
    }

    /** Stars stand in the last name of a path alone, as they do wherever people write them. */
    private static List<String> found(String wanted) throws IOException {
        Path path = Path.of(wanted.replaceAll("[*?]", "x")).normalize();
        Path folder = path.getParent();
        String name = wanted.substring(wanted.lastIndexOf('/') + 1);
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        Pattern pattern = ConfigTree.glob(name);
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            pattern.matcher(String.valueOf(file.getFileName())).matches())
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
