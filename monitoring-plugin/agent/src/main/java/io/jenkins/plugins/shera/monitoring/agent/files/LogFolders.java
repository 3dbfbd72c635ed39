package io.jenkins.plugins.shera.monitoring.agent.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folders of logs on this node, {@code <pods>/<namespace>_<pod>_<uid>/<container>/<run>.log}. Names that were asked for are
 * compared with those listed and never made into paths; a link is followed only into these folders.
 */
public final class LogFolders {

    private static final Pattern RUN = Pattern.compile("([0-9]{1,9})\\.log");

    private final Path pods;
    private final Path docker;

    /** {@code docker} need not be there. */
    public LogFolders(Path pods, Path docker) {
        this.pods = pods;
        this.docker = docker;
    }

    private record Run(int number, Path live) {}

    /**
     * The live files of a container's runs, the oldest first.
     *
     * @param previous only that of the run before the last
     * @throws NoSuchFileException when this node has no log of it
     */
    public List<Path> runs(String namespace, String pod, String container, boolean previous) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path folder : podFolders(namespace + "_" + pod + "_")) {
            for (Path each : entries(folder)) {
                if (name(each).equals(container) && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    runs(each).forEach(run -> all.add(run.live()));
                }
            }
        }
        List<Path> wanted = previous ? all.subList(Math.max(0, all.size() - 2), Math.max(0, all.size() - 1)) : all;
        if (wanted.isEmpty()) {
            throw new NoSuchFileException("", null, "this node has no such log");
        }
        return List.copyOf(wanted);
    }

    /** The folders of all pods of this name, one for each uid, the oldest first. */
    private List<Path> podFolders(String prefix) throws IOException {
        record Dated(Path folder, long millis) {}
        List<Dated> found = new ArrayList<>();
        for (Path each : entries(pods)) {
            String name = name(each);
            boolean same = name.startsWith(prefix) && name.indexOf('_', prefix.length()) < 0;
            if (same && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                found.add(new Dated(each, Files.getLastModifiedTime(each).toMillis()));
            }
        }
        found.sort(Comparator.comparingLong(Dated::millis));
        return found.stream().map(Dated::folder).toList();
    }

    private List<Run> runs(Path container) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (Path each : entries(container)) {
            Matcher matcher = RUN.matcher(name(each));
            if (matcher.matches()) {
                Path real = real(each);
                if (real != null) {
                    runs.add(new Run(Integer.parseInt(matcher.group(1)), real));
                }
            }
        }
        runs.sort(Comparator.comparingInt(Run::number));
        return runs;
    }

    /** Where the file really is; null when that is not within the folders of logs, or nowhere. */
    private Path real(Path file) throws IOException {
        try {
            Path real = file.toRealPath();
            for (Path folder : List.of(pods, docker)) {
                if (Files.isDirectory(folder) && real.startsWith(folder.toRealPath())) {
                    return real;
                }
            }
            return null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The live files of all logs of the node. */
    public List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path pod : entries(pods)) {
            if (Files.isDirectory(pod, LinkOption.NOFOLLOW_LINKS)) {
                for (Path container : entries(pod)) {
                    if (Files.isDirectory(container, LinkOption.NOFOLLOW_LINKS)) {
                        runs(container).forEach(run -> all.add(run.live()));
                    }
                }
            }
        }
        return all;
    }

    /** Empty for a folder that went away meanwhile. */
    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
            listed.forEach(entries::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return entries;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
