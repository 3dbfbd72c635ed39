package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.terminal.docker.Engine;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The changes of a container as its docker engine sees them, and its files by the engine's archives; needs nothing in the container. */
public final class EngineSource implements FileSource {
    private static final int MOST_CHANGES = 200_000;
    private static final long MOST_KEPT_BYTES = 8L << 20;
    private static final int MOST_KEPT = 10_000;

    private final Engine engine;
    private final EngineContainer container;
    private final Mounts mounts;
    private final EngineReading reading;
    private final List<Kept> kept = new ArrayList<>();
    private long keptBytes;

    /** A file that was read with the list, so that it need not be read again. */
    private record Kept(TarEntry entry, byte[] content) {}

    /** Reads what an image has; asked only when a folder was made anew in the place of one of the image. */
    public interface Files {
        /** All of them. */
        ImageTree read() throws IOException;
    }

    /** Of a container that was found. */
    public EngineSource(Engine engine, EngineContainer container) {
        this.engine = engine;
        this.container = container;
        this.mounts = new Mounts(container.mounts());
        this.reading = new EngineReading(engine, container);
    }

    @Override
    public void confirm() throws IOException {
        if (!engine.mark(container).equals(container.mark())) {
            throw new PackException(Messages._PodOrigin_replaced(engine + "/" + container.name()));
        }
    }

    /** What is different from the image. */
    public Changes changes(Files image) throws IOException {
        return changes(image, false);
    }

    /** The same, to be fetched and confirmed at once: what is read with the list and small is kept for that. */
    public Changes changesToFetch(Files image) throws IOException {
        kept.clear();
        keptBytes = 0;
        return changes(image, true);
    }

    private Changes changes(Files image, boolean keep) throws IOException {
        Map<String, Engine.Change> seen = engine.changes(container);
        if (seen.size() > MOST_CHANGES) {
            throw new PackException(Messages._ChangeFinder_many(String.valueOf(MOST_CHANGES)));
        }
        TreeSet<String> there = new TreeSet<>();
        TreeSet<String> added = new TreeSet<>();
        TreeSet<String> gone = new TreeSet<>();
        seen.forEach((path, change) -> {
            String name = path.substring(1);
            if (!name.isEmpty() && !mounts.cover(name)) {
                (change == Engine.Change.DELETED ? gone : there).add(name);
                if (change == Engine.Change.ADDED) {
                    added.add(name);
                }
            }
        });
        TreeMap<String, ContainerFile> changed = new TreeMap<>();
        TreeSet<String> others = new TreeSet<>();
        TreeSet<String> again = new TreeSet<>();
        Set<String> heads = new HashSet<>(there);
        for (String name : gone) {
            if (engine.has(container, "/" + name)) {
                again.add(name);
            }
        }
        TreeSet<String> all = new TreeSet<>(there);
        all.addAll(again);
        reading.each(all, (entry, size, content) -> {
            heads.remove(entry.name());
            note(file(entry, size), changed, others);
            if (keep) {
                keep(entry, content);
            }
        });
        // What no archive holds is a socket, or went away meanwhile.
        heads.removeIf(name -> mounts.touch(name));
        others.addAll(heads);
        if (!keep) {
            confirm();
        }
        TreeSet<String> deleted = new TreeSet<>(gone);
        deleted.removeAll(again);
        if (!again.isEmpty()) {
            deleted.addAll(replaced(again, there, image.read()));
        }
        return new Changes(changed, List.copyOf(deleted), List.of(), List.copyOf(others), Map.of(), added);
    }

    private void note(ContainerFile file, Map<String, ContainerFile> changed, Set<String> others) throws IOException {
        if (file.kind() == TarEntry.Kind.FOLDER && mounts.touch(file.name())) {
            return;
        }
        if (file.isPackable()) {
            ChangeFinder.checkName(file.name());
            changed.put(file.name(), file);
        } else {
            others.add(file.name());
        }
    }

    /** In folders that were made again: what the image has there and the container has not. */
    private static Set<String> replaced(Set<String> again, Set<String> there, ImageTree image) {
        TreeSet<String> deleted = new TreeSet<>();
        for (String folder : again) {
            for (TarEntry entry : image.allBelow(folder)) {
                String name = entry.name();
                boolean inside = name.startsWith(folder + "/");
                if (inside && !there.contains(name) && !deleted.contains(EntryNames.parent(name))) {
                    deleted.add(name);
                }
            }
        }
        return deleted;
    }

    /** Within bounds, for several may be packaged at once. */
    private void keep(TarEntry entry, InputStream content) throws IOException {
        long size = entry.kind() == TarEntry.Kind.FILE ? entry.size() : 0;
        if (entry.kind() != TarEntry.Kind.FOLDER && keptBytes + size <= MOST_KEPT_BYTES && kept.size() < MOST_KEPT) {
            kept.add(new Kept(entry, content.readNBytes((int) size)));
            keptBytes += size;
        }
    }

    private static ContainerFile file(TarEntry entry, long size) {
        int type =
                switch (entry.kind()) {
                    case FILE, HARD_LINK -> 0100000;
                    case SYMLINK -> 0120000;
                    case FOLDER -> 0040000;
                    case CHARACTER_DEVICE -> 0020000;
                    case BLOCK_DEVICE -> 0060000;
                    case FIFO -> 0010000;
                };
        return new ContainerFile(entry.name(), type | entry.mode(), entry.userId(), entry.groupId(), size, 0, 0);
    }

    @Override
    public Spool fetch(Path folder, Map<String, ContainerFile> wanted) throws IOException {
        Spool spool = new Spool(folder, wanted);
        for (Kept each : kept) {
            take(spool, each.entry, new ByteArrayInputStream(each.content));
        }
        TreeSet<String> names = new TreeSet<>(spool.missing());
        for (String name : spool.missing()) {
            // Folders are here already, but their archives bring many files at once, and which of them are one.
            for (String above = EntryNames.parent(name); wanted.containsKey(above); above = EntryNames.parent(above)) {
                names.add(above);
            }
        }
        reading.each(names, (entry, size, content) -> take(spool, entry, content));
        for (String name : spool.missing()) {
            throw Spool.changed(name);
        }
        return spool;
    }

    private static void take(Spool spool, TarEntry entry, InputStream content) throws IOException {
        boolean wanted = spool.wanted(entry.name()) != null && !spool.has(entry.name());
        if (wanted && (entry.kind() != TarEntry.Kind.HARD_LINK || spool.hasContent(entry.link()))) {
            spool.take(entry, content);
        }
    }
}
