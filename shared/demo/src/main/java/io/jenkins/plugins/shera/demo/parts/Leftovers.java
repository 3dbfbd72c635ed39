package io.jenkins.plugins.shera.demo.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Remembers on disk which processes the demo started, so that the next run ends what a killed run left behind. */
public final class Leftovers {
    private final Path file;

    /** The list is kept in this file. */
    public Leftovers(Path file) {
        this.file = file;
    }

    /** Adds a process to the list, with its start time: a process number alone may belong to somebody else by then. */
    public synchronized void remember(ProcessHandle process) throws IOException {
        Files.writeString(file, line(process) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Ends everything on the list that still is the process it was, with its children, and empties the list. */
    public synchronized void end() throws IOException, InterruptedException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (String line : lines) {
            ProcessHandle process = line.matches("[0-9]{1,9} .*")
                    ? ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(' '))))
                            .orElse(null)
                    : null;
            if (process != null
                    && line(process).equals(line)
                    && process.pid() != ProcessHandle.current().pid()) {
                stop(process);
            }
        }
        Files.deleteIfExists(file);
    }

    private static void stop(ProcessHandle process) throws InterruptedException {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        family.forEach(ProcessHandle::destroy);
        for (int i = 0; i < 50 && (process.isAlive() || family.stream().anyMatch(ProcessHandle::isAlive)); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Object::toString).orElse("unknown");
    }
}
