package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.terminal.docker.Engine;
import io.jenkins.plugins.shera.terminal.docker.EngineArchive;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import io.jenkins.plugins.shera.terminal.docker.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The changes of a container as its docker engine sees them, and its files by the engine's archives; needs nothing in the container. */
public final class EngineSource implements FileSource {
    private static final int MOST_CHANGES = 200_000;

    private final Engine engine;
    private final EngineContainer container;
    private final Map<String, String> labels;
    private final Mounts mounts;
    /** Folders all of which is new, as far as they were listed. */
    private final Set<String> whole = new HashSet<>();

    /** Reads what an image has; asked only when a folder was made anew in the place of one of the image. */
    public interface Files {
        /** All of them. */
        ImageTree read() throws IOException;
    }

    /** The labels are those by which the container was found. */
    public EngineSource(Engine engine, EngineContainer container, Map<String, String> labels) {
        this.engine = engine;
        this.container = container;
        this.labels = Map.copyOf(labels);
        this.mounts = new Mounts(container.mounts());
    }

    @Override
    public void confirm() throws IOException {
        EngineContainer now = null;
        try {
            now = engine.find(container.name(), labels);
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.NOT_FOUND) {
                throw e;
            }
        }
        if (now == null || !now.mark().equals(container.mark())) {
            throw new PackException(Messages._PodOrigin_replaced(engine + "/" + container.name()));
        }
    }

    /** What is different from the image. */
    public Changes changes(Files image) throws IOException {
        Map<String, Engine.Change> all = engine.changes(container);
        if (all.size() > MOST_CHANGES) {
            throw new PackException(Messages._ChangeFinder_many(String.valueOf(MOST_CHANGES)));
        }
        TreeSet<String> there = new TreeSet<>();
        TreeSet<String> added = new TreeSet<>();
        TreeSet<String> gone = new TreeSet<>();
        all.forEach((path, change) -> {
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
        for (String name : gone) {
            ContainerFile file = look(name);
            if (file != null) {
                again.add(name);
                changed.put(name, file);
            }
        }
        Set<String> heads = new HashSet<>(there);
        for (String root : roots(there, added)) {
            each(root, whole.contains(root), (file, content) -> {
                if (heads.remove(file.name())) {
                    note(file, changed, others);
                }
            });
        }
        // What no archive holds is a socket, or went away meanwhile.
        heads.removeIf(name -> mounts.touch(name));
        others.addAll(heads);
        confirm();
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

    /** What to ask for, so that all of these come: new folders with all below them, everything else by itself. */
    private List<String> roots(TreeSet<String> names, Set<String> added) {
        List<String> roots = new ArrayList<>();
        String folder = null;
        for (String name : names) {
            if (folder != null && name.startsWith(folder + "/")) {
                continue;
            }
            folder = null;
            roots.add(name);
            String next = names.higher(name + "/");
            boolean isFolder = next != null && next.startsWith(name + "/");
            if (isFolder && added.contains(name) && !mounts.touch(name)) {
                whole.add(name);
                folder = name;
            }
        }
        return roots;
    }

    private interface Visitor {
        void file(ContainerFile file, InputStream content) throws IOException;
    }

    /** Null when it is gone. */
    private ContainerFile look(String name) throws IOException {
        ContainerFile[] found = new ContainerFile[1];
        each(name, false, (file, content) -> found[0] = file);
        return found[0];
    }

    private void each(String root, boolean all, Visitor visitor) throws IOException {
        entries(root, all, (entry, size, content) -> visitor.file(file(entry, size), content));
    }

    private interface Taker {
        void take(TarEntry entry, long size, InputStream content) throws IOException;
    }

    /** The first entry of an archive, or all; none where the path is not there. */
    private void entries(String root, boolean all, Taker taker) throws IOException {
        String above = EntryNames.parent(root);
        String prefix = above.isEmpty() ? "" : above + "/";
        Map<String, Long> sizes = new HashMap<>();
        try (EngineArchive archive = engine.archive(container, "/" + root);
                TarReader tar = archive.tar()) {
            for (TarEntry entry = tar.next(); entry != null; entry = all ? tar.next() : null) {
                TarEntry full = renamed(entry, prefix);
                boolean link = full.kind() == TarEntry.Kind.HARD_LINK;
                Long size = link ? sizes.get(full.link()) : Long.valueOf(full.size());
                if (size == null) {
                    throw new PackException(Messages._Spool_hostile_link(Quoted.of("/" + full.name())));
                }
                sizes.put(full.name(), size);
                taker.take(full, size, tar);
            }
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static TarEntry renamed(TarEntry entry, String prefix) {
        TarEntry named = entry.named(prefix + entry.name());
        if (entry.kind() != TarEntry.Kind.HARD_LINK) {
            return named;
        }
        return TarEntry.kept(named.name(), TarEntry.Kind.HARD_LINK, prefix + entry.link())
                .withMode(entry.mode())
                .ownedBy(entry.userId(), entry.groupId());
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
        TreeSet<String> folders = new TreeSet<>(whole);
        folders.retainAll(wanted.keySet());
        for (String name : folders) {
            entries(name, true, (entry, size, content) -> take(spool, entry, content));
        }
        for (String name : spool.missing()) {
            entries(name, false, (entry, size, content) -> take(spool, entry, content));
            if (!spool.has(name)) {
                throw Spool.changed(name);
            }
        }
        return spool;
    }

    /** A link to what is not wanted is fetched by itself, as the file it is. */
    private static void take(Spool spool, TarEntry entry, InputStream content) throws IOException {
        boolean wanted = spool.wanted(entry.name()) != null && !spool.has(entry.name());
        if (wanted && (entry.kind() != TarEntry.Kind.HARD_LINK || spool.hasContent(entry.link()))) {
            spool.take(entry, content);
        }
    }
}
