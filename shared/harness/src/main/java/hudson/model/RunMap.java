package hudson.model;

import java.io.File;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.lazy.AbstractLazyLoadRunMap;

/** The builds of a job, newest first, read from disk. */
public final class RunMap<R extends Run<?, R>> extends AbstractLazyLoadRunMap<R> implements Iterable<R> {
    private static final Logger LOGGER = Logger.getLogger(RunMap.class.getName());
    private final ConcurrentSkipListMap<Integer, R> runs = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    public RunMap() {}

    /** Reads the builds of a job; one that cannot be read is logged and left out. */
    public void load(Job<?, ?> job, Constructor<R> cons) {
        File[] folders = job.getBuildDir().listFiles((dir, name) -> name.matches("[1-9]\\d{0,8}"));
        if (folders == null) {
            return;
        }
        for (File folder : folders) {
            if (!new File(folder, "build.xml").exists()) {
                continue;
            }
            try {
                put(cons.create(folder));
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "could not load " + folder, e);
            }
        }
    }

    /** Makes a build from its folder. */
    public interface Constructor<R extends Run<?, R>> {
        R create(File dir) throws IOException;
    }

    public R put(R r) {
        return runs.put(r.getNumber(), r);
    }

    public boolean remove(R run) {
        return runs.remove(run.getNumber()) != null;
    }

    @Override
    public Iterator<R> iterator() {
        return runs.values().iterator();
    }

    @Override
    public Set<Map.Entry<Integer, R>> entrySet() {
        return runs.entrySet();
    }

    @Override
    public R get(Object key) {
        return key instanceof Integer ? runs.get(key) : null;
    }

    @Override
    public Comparator<? super Integer> comparator() {
        return runs.comparator();
    }

    @Override
    public SortedMap<Integer, R> subMap(Integer fromKey, Integer toKey) {
        return runs.subMap(fromKey, toKey);
    }

    @Override
    public SortedMap<Integer, R> headMap(Integer toKey) {
        return runs.headMap(toKey);
    }

    @Override
    public SortedMap<Integer, R> tailMap(Integer fromKey) {
        return runs.tailMap(fromKey);
    }

    @Override
    public Integer firstKey() {
        return runs.firstKey();
    }

    @Override
    public Integer lastKey() {
        return runs.lastKey();
    }

    public R newestValue() {
        return runs.isEmpty() ? null : runs.firstEntry().getValue();
    }

    public R oldestValue() {
        return runs.isEmpty() ? null : runs.lastEntry().getValue();
    }
}
