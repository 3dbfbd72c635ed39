package io.jenkins.plugins.shera.build.context;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder a Dockerfile copies from; nothing outside of it is ever read, whatever links there are. */
public final class BuildContext {
    private static final int MOST_FILES = 500_000;

    private final Path root;
    private final IgnoreRules rules;

    /** The ignore file {@code <Dockerfile>.dockerignore} goes before {@code .dockerignore}, as with docker. */
    public BuildContext(Path root, Path dockerfile) throws IOException {
        this.root = root.toRealPath();
        Path own = Path.of(dockerfile + ".dockerignore");
        this.rules = IgnoreRules.read(Files.isRegularFile(own) ? own : this.root.resolve(".dockerignore"));
    }

    /** The files and folders a source of COPY means, sorted; empty when there is none. */
    public List<Path> find(String source) throws IOException {
        String pattern = inside(source);
        List<Path> found = new ArrayList<>();
        if (pattern.isEmpty()) {
            return List.of(root);
        }
        if (!PathPattern.isPattern(pattern)) {
            Path path = root.resolve(pattern);
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && isWanted(path) ? List.of(real(path)) : List.of();
        }
        match(root, pattern.split("/"), 0, found);
        return found;
    }

    private void match(Path folder, String[] parts, int at, List<Path> found) throws IOException {
        for (Path child : children(folder)) {
            if (!PathPattern.partMatches(parts[at], name(child))) {
                continue;
            }
            if (at + 1 < parts.length) {
                if (Files.isDirectory(child)) {
                    match(real(child), parts, at + 1, found);
                }
            } else if (isWanted(child)) {
                found.add(real(child));
            }
        }
    }

    /** What a folder holds, sorted by name, without what is ignored as a whole. */
    public List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                children.add(child);
                if (children.size() > MOST_FILES) {
                    throw new IOException("The folder " + folder + " holds more than " + MOST_FILES
                            + " files: keep them out by .dockerignore.");
                }
            }
        }
        children.sort((a, b) -> name(a).compareTo(name(b)));
        return children;
    }

    /** Whether no rule keeps the path out; a folder may hold wanted files although it is not wanted itself. */
    public boolean isWanted(Path path) {
        String relative = root.relativize(path).toString().replace('\\', '/');
        return relative.isEmpty() || !rules.ignores(relative);
    }

    private Path real(Path path) throws IOException {
        Path real;
        try {
            real = path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException(Quoted.of(root.relativize(path).toString())
                    + " is a link in the build context that leads nowhere.");
        }
        if (!real.startsWith(root)) {
            throw new IOException(Quoted.of(root.relativize(path).toString())
                    + " is a link that leads out of the build context: copy the file into it.");
        }
        return real;
    }

    private static String inside(String source) throws IOException {
        String relative = source;
        while (relative.startsWith("/")) {
            relative = relative.substring(1);
        }
        Path path = Path.of(relative).normalize();
        if (path.startsWith("..") || relative.indexOf('\0') >= 0) {
            throw new IOException(Quoted.of(source) + " leads out of the build context: name a path below it.");
        }
        return path.toString().replace('\\', '/');
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
