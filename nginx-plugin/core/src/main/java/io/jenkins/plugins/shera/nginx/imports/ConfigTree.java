package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An {@code nginx.conf} with the files that it includes, by absolute path.
 *
 * @param main path of the {@code nginx.conf}
 */
public record ConfigTree(String main, TreeMap<String, String> files) implements Serializable {
    private static final String USUAL = "etc/nginx";
    private static final int MOST_FILES = 500;
    private static final int LARGEST = 4 << 20;

    /** Copies the files. */
    public ConfigTree {
        files = new TreeMap<>(files);
    }

    /**
     * The tree of an archive, as if it lay in {@code /etc/nginx}.
     *
     * @param entries texts by their path in the archive
     * @throws InvalidImportException if there is no {@code nginx.conf} in it, or too much of it
     */
    public static ConfigTree of(Map<String, String> entries) throws InvalidImportException {
        long size = entries.values().stream().mapToLong(String::length).sum();
        if (entries.size() > MOST_FILES || size > LARGEST) {
            throw new InvalidImportException("The tree has more than " + MOST_FILES + " files or 4 MiB of text."
                    + " Take what is no configuration out of it.");
        }
        Map<String, String> plain = new TreeMap<>();
        entries.forEach((name, text) -> plain.put(name.replaceFirst("^(\\./|/)+", ""), text));
        String main = plain.keySet().stream()
                .filter(name -> name.equals("nginx.conf") || name.endsWith("/nginx.conf"))
                .min(Comparator.comparingInt(String::length))
                .orElseThrow(() -> new InvalidImportException(
                        "There is no nginx.conf among the files. Pack the whole folder, such as /etc/nginx."));
        String folder = main.substring(0, main.length() - "nginx.conf".length());
        String above = folder.endsWith(USUAL + "/") ? folder.substring(0, folder.length() - USUAL.length() - 1) : null;
        TreeMap<String, String> files = new TreeMap<>();
        plain.forEach((name, text) -> {
            if (above != null && name.startsWith(above)) {
                files.put("/" + name.substring(above.length()), text);
            } else if (name.startsWith(folder)) {
                files.put("/" + USUAL + "/" + name.substring(folder.length()), text);
            }
        });
        return new ConfigTree("/" + USUAL + "/nginx.conf", files);
    }

    /** What stands outside of every block of the {@code nginx.conf}, in the order in which nginx reads it. */
    List<Located> top() throws InvalidImportException {
        return located(main);
    }

    /** What a file says, its includes not followed. */
    private List<Located> located(String file) throws InvalidImportException {
        String text = files.get(file);
        if (text == null) {
            throw new InvalidImportException("The file " + file + " cannot be read. Look whether it is there.");
        }
        try {
            SourceFile read = Parser.parse(file, text);
            return read.statements().stream()
                    .map(each -> new Located(file, each))
                    .toList();
        } catch (SyntaxException e) {
            throw new InvalidImportException(e.getMessage() + ". Correct it, as nginx itself would not read it.");
        }
    }

    /** What stands after the last statement of a file. */
    String trailing(String file) {
        try {
            return Parser.parse(file, files.getOrDefault(file, "")).trailing();
        } catch (SyntaxException e) {
            return "";
        }
    }

    /**
     * The statements of a block, with those of included files in place of each include that finds any.
     *
     * @param ours folder of ours, whose files are no part of what people wrote
     */
    List<Located> inner(List<Located> block, String ours) throws InvalidImportException {
        List<Located> all = new ArrayList<>();
        follow(block, ours, new HashSet<>(), all);
        return all;
    }

    private void follow(List<Located> block, String ours, Set<String> open, List<Located> into)
            throws InvalidImportException {
        for (Located each : block) {
            List<String> found = each.statement().name().equals("include")
                    ? included(each.statement()).orElse(null)
                    : null;
            if (found == null) {
                into.add(each);
                continue;
            }
            for (String file : found) {
                if (!ours.isEmpty() && file.startsWith(ours + "/")) {
                    continue;
                }
                if (!open.add(file)) {
                    throw new InvalidImportException(each.where() + ": " + file + " is included twice, or by itself.");
                }
                follow(located(file), ours, open, into);
            }
        }
    }

    /** Those that it names and that are here; nothing where it names a single file that is not here. */
    private Optional<List<String>> included(Statement include) {
        if (include.arguments().size() != 1) {
            return Optional.empty();
        }
        Pattern wanted = glob(absolute(main, include.arguments().get(0)));
        List<String> found = files.keySet().stream()
                .filter(file -> wanted.matcher(file).matches())
                .toList();
        boolean many = include.arguments().get(0).matches(".*[*?\\[].*");
        return found.isEmpty() && !many ? Optional.empty() : Optional.of(found);
    }

    /** A path as nginx takes it: from the folder of its {@code nginx.conf}. */
    public static String absolute(String main, String path) {
        return path.startsWith("/") ? path : main.substring(0, main.lastIndexOf('/') + 1) + path;
    }

    /** Matches the paths that nginx finds by this one, whose stars and question marks stand for letters of one name. */
    public static Pattern glob(String path) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char letter = path.charAt(i);
            switch (letter) {
                case '*' -> pattern.append("[^/]*");
                case '?' -> pattern.append("[^/]");
                default -> pattern.append(Pattern.quote(String.valueOf(letter)));
            }
        }
        return Pattern.compile(pattern.toString());
    }
}
