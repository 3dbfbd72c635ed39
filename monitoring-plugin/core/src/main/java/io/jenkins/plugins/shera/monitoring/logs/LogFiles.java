package io.jenkins.plugins.shera.monitoring.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All files of one log, open at once and the oldest first: the live one, and those rotated away as docker ({@code .1}, {@code .2.gz})
 * and kubelet ({@code .20260102-030405}, also with {@code .gz}) name them.
 */
final class LogFiles implements Closeable {

    private static final int TRIES = 5;
    private static final Pattern NUMBERED = Pattern.compile("\\.([0-9]{1,6})(\\.gz)?");
    private static final Pattern DATED = Pattern.compile("\\.([0-9]{8}-[0-9]{6})(\\.gz)?");

    private final List<LogFile> files;

    private LogFiles(List<LogFile> files) {
        this.files = files;
    }

    /**
     * Opens what belongs to a live file. When a rotation comes between listing and opening, it is done again, so that no record is
     * left out or given twice.
     *
     * @throws NoSuchFileException when there is no such log
     */
    static LogFiles open(Path live) throws IOException {
        NoSuchFileException gone = null;
        for (int i = 0; i < TRIES; i++) {
            List<LogFile> open = new ArrayList<>();
            boolean kept = false;
            try {
                for (Path path : list(live)) {
                    open.add(LogFile.open(path));
                }
                if (!open.isEmpty() && isStill(live, open)) {
                    kept = true;
                    return new LogFiles(open);
                }
            } catch (NoSuchFileException e) {
                gone = e;
            } finally {
                if (!kept) {
                    close(open);
                }
            }
        }
        throw gone == null ? new NoSuchFileException(live.toString(), null, "there is no such log") : gone;
    }

    private static boolean isStill(Path live, List<LogFile> open) throws IOException {
        List<Path> now = list(live);
        if (now.size() != open.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            try (LogFile again = LogFile.open(now.get(i))) {
                if (!again.key().equals(open.get(i).key())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The paths, the oldest first. */
    static List<Path> list(Path live) throws IOException {
        Path folder = live.toAbsolutePath().getParent();
        Path name = live.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(live.toString(), null, "there is no such log");
        }
        record Rotated(Path path, String order) {}
        List<Rotated> rotated = new ArrayList<>();
        boolean hasLive = false;
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path path : entries.toList()) {
                String each = String.valueOf(path.getFileName());
                if (each.equals(name.toString())) {
                    hasLive = true;
                } else if (each.startsWith(name.toString())) {
                    String order = order(each.substring(name.toString().length()));
                    if (!order.isEmpty()) {
                        rotated.add(new Rotated(path, order));
                    }
                }
            }
        }
        rotated.sort(Comparator.comparing(Rotated::order));
        List<Path> paths = new ArrayList<>(rotated.stream().map(Rotated::path).toList());
        if (hasLive) {
            paths.add(live);
        }
        return paths;
    }

    /** A text that sorts the oldest first; empty for a file that is none of ours. */
    private static String order(String suffix) {
        Matcher dated = DATED.matcher(suffix);
        if (dated.matches()) {
            return "0" + dated.group(1);
        }
        Matcher numbered = NUMBERED.matcher(suffix);
        return numbered.matches() ? "1" + (9_999_999 - Integer.parseInt(numbered.group(1))) : "";
    }

    List<LogFile> files() {
        return files;
    }

    @Override
    public void close() throws IOException {
        close(files);
    }

    private static void close(List<LogFile> open) throws IOException {
        for (LogFile file : open) {
            file.close();
        }
    }
}
