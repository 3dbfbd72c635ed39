package io.jenkins.plugins.shera.harness.pipeline;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The builds of one job, newest first, each read from its folder when somebody asks. */
public final class BuildRecords<R> {
    private static final Logger LOGGER = Logger.getLogger(BuildRecords.class.getName());

    private final File folder;
    private final Reader<R> reader;
    private final ConcurrentSkipListMap<Integer, R> known = new ConcurrentSkipListMap<>(Collections.reverseOrder());
    private boolean complete;

    /** Reads one build from its folder. */
    public interface Reader<R> {
        R read(File folder) throws IOException;
    }

    /** @param folder has one folder per build, named by its number */
    public BuildRecords(File folder, Reader<R> reader) {
        this.folder = folder;
        this.reader = reader;
    }

    /** All builds. */
    public synchronized SortedMap<Integer, R> all() {
        if (!complete) {
            complete = true;
            String[] names = folder.list((dir, name) -> name.matches("[1-9][0-9]{0,8}"));
            for (String name : names == null ? new String[0] : names) {
                find(Integer.parseInt(name));
            }
        }
        return Collections.unmodifiableSortedMap(known);
    }

    /** The build with this number, or null. */
    public synchronized R find(int number) {
        R build = known.get(number);
        File of = new File(folder, String.valueOf(number));
        if (build == null && new File(of, "build.xml").exists()) {
            try {
                build = reader.read(of);
                known.put(number, build);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "The build in " + of + " cannot be read and is left out", e);
            }
        }
        return build;
    }

    /** Adds a new build. */
    public synchronized void add(int number, R build) {
        known.put(number, build);
    }

    /** Forgets a build. */
    public synchronized void remove(int number) {
        known.remove(number);
    }
}
