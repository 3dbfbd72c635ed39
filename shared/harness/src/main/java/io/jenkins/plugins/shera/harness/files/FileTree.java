package io.jenkins.plugins.shera.harness.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Jenkins does with files and the JDK has no short word for. */
public final class FileTree {
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
    };

    private FileTree() {}

    /** Sets the nine permission bits. */
    public static void chmod(Path path, int mask) throws IOException {
        Set<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BITS.length; i++) {
            if ((mask & (1 << i)) != 0) {
                wanted.add(BITS[i]);
            }
        }
        Files.setPosixFilePermissions(path, wanted);
    }

    /** The nine permission bits. */
    public static int mode(Path path) throws IOException {
        Set<PosixFilePermission> given = Files.getPosixFilePermissions(path);
        int mode = 0;
        for (int i = 0; i < BITS.length; i++) {
            mode |= given.contains(BITS[i]) ? 1 << i : 0;
        }
        return mode;
    }

    /** The files below the folder that the Ant patterns (separated by commas) take and leave, sorted. */
    public static List<Path> match(Path folder, String includes, String excludes) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Pattern> wanted = patterns(includes);
        List<Pattern> unwanted = patterns(excludes);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                        return wanted.stream().anyMatch(p -> p.matcher(name).matches())
                                && unwanted.stream()
                                        .noneMatch(p -> p.matcher(name).matches());
                    })
                    .sorted()
                    .toList();
        }
    }

    private static List<Pattern> patterns(String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split("[,\\s]+"))
                        .filter(part -> !part.isEmpty())
                        .map(FileTree::pattern)
                        .toList();
    }

    private static Pattern pattern(String ant) {
        String text = ant.endsWith("/") ? ant + "**" : ant;
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (text.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (text.charAt(i) == '*') {
                regex.append("[^/]*");
            } else if (text.charAt(i) == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(text.charAt(i))));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
