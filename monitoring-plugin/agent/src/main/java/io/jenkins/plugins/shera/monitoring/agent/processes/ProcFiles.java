package io.jenkins.plugins.shera.monitoring.agent.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What /proc says of single processes. A process may end between any two reads: then it is as if it had never been there. */
final class ProcFiles {

    private static final Pattern PID = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s*([0-9]{1,9})$");
    private static final int LARGEST = 1 << 16;

    private final Path proc;

    ProcFiles(Path proc) {
        this.proc = proc;
    }

    /** {@code files} and {@code sockets} are -1 where the kernel does not let us see them. */
    record Counts(long threads, long files, long sockets) {}

    /** A process of a container that is counted. */
    interface Known {
        /** Whether the container of this id is one of them. */
        boolean has(String id);
    }

    List<String> pids() throws IOException {
        List<String> pids = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(proc)) {
            for (Path each : listed) {
                String name = String.valueOf(each.getFileName());
                if (PID.matcher(name).matches()) {
                    pids.add(name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return pids;
    }

    /** The id of the outermost known container that a process is in; empty for one of none, or one that has ended. */
    Optional<String> container(String pid, Known known) throws IOException {
        Optional<String> text = text(pid, "cgroup");
        Matcher ids = ID.matcher(text.orElse(""));
        while (ids.find()) {
            if (known.has(ids.group())) {
                return Optional.of(ids.group());
            }
        }
        return Optional.empty();
    }

    /** Empty for a process that has ended. */
    Optional<Counts> counts(String pid) throws IOException {
        Matcher threads = THREADS.matcher(text(pid, "status").orElse(""));
        if (!threads.find()) {
            return Optional.empty();
        }
        long files = 0;
        long sockets = 0;
        try (DirectoryStream<Path> open =
                Files.newDirectoryStream(proc.resolve(pid).resolve("fd"))) {
            for (Path each : open) {
                Optional<String> target = target(each);
                files += target.isPresent() ? 1 : 0;
                sockets += target.isPresent() && target.get().startsWith("socket:") ? 1 : 0;
            }
        } catch (AccessDeniedException e) {
            return Optional.of(new Counts(Long.parseLong(threads.group(1)), -1, -1));
        } catch (DirectoryIteratorException e) {
            return ended(e.getCause());
        } catch (IOException e) {
            return ended(e);
        }
        return Optional.of(new Counts(Long.parseLong(threads.group(1)), files, sockets));
    }

    /** Empty for what was closed meanwhile. */
    private static Optional<String> target(Path link) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (NoSuchFileException | NotLinkException e) {
            return Optional.empty();
        }
    }

    private Optional<String> text(String pid, String file) throws IOException {
        try (InputStream in = Files.newInputStream(proc.resolve(pid).resolve(file))) {
            return Optional.of(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        } catch (IOException e) {
            return ended(e);
        }
    }

    /** The kernel says ENOENT or ESRCH of a process that has ended. */
    private static <T> Optional<T> ended(IOException e) throws IOException {
        if (e instanceof NoSuchFileException || String.valueOf(e.getMessage()).contains("No such process")) {
            return Optional.empty();
        }
        throw e;
    }
}
