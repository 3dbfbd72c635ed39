package io.jenkins.plugins.shera.monitoring.agent.files;

import io.jenkins.plugins.shera.monitoring.logs.LogSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the least and the greatest time of each block of every log while it grows: one thread that yields to readers. */
public final class Indexer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Indexer.class.getName());
    private static final long PAUSE_MILLIS = 2_000;

    private final LogFolders folders;
    private final LogSearch search;
    private final Map<Path, String> seen = new HashMap<>();
    private final Thread thread;

    /** Indexes for this search. */
    public Indexer(LogFolders folders, LogSearch search) {
        this.folders = folders;
        this.search = search;
        this.thread = new Thread(this::run, "log-index");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings the index of every log up to date that has changed since. */
    void round() {
        try {
            List<Path> logs = folders.all();
            for (Path live : logs) {
                index(live);
            }
            if (seen.keySet().retainAll(logs)) {
                search.retain(logs);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The logs were not indexed: {0}", e.toString());
        }
    }

    private void index(Path live) {
        try {
            BasicFileAttributes now = Files.readAttributes(live, BasicFileAttributes.class);
            String state = now.fileKey() + " " + now.size() + " " + now.lastModifiedTime();
            if (!state.equals(seen.get(live))) {
                search.index(live);
                seen.put(live, state);
            }
        } catch (NoSuchFileException e) {
            seen.remove(live);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} was not indexed: {1}", new Object[] {live, e.toString()});
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
