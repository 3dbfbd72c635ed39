package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.terminal.docker.Engine;
import io.jenkins.plugins.shera.terminal.docker.EngineArchive;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import io.jenkins.plugins.shera.terminal.docker.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads files of a container by as few archives as will do: to begin one takes an engine as long as to send some MiB, so what is wanted
 * below a folder is taken on the way through it, as long as little else has to be passed over.
 */
final class EngineReading {
    /** Bytes of what is not wanted that are passed over before another archive is begun. */
    private static final long MOST_PASSED = 4L << 20;

    private static final long HEAD = 512;

    private final Engine engine;
    private final EngineContainer container;

    EngineReading(Engine engine, EngineContainer container) {
        this.engine = engine;
        this.container = container;
    }

    /** Takes one file, with the size of what a hard link leads to. */
    interface Taker {
        void take(TarEntry entry, long size, InputStream content) throws IOException;
    }

    /** Gives each of these once, a folder before what is in it; sockets, and what is not there, are left out. */
    void each(Collection<String> names, Taker taker) throws IOException {
        TreeSet<String> open = new TreeSet<>(names);
        while (!open.isEmpty()) {
            from(open.first(), open, taker);
        }
    }

    private void from(String root, TreeSet<String> open, Taker taker) throws IOException {
        TreeSet<String> rest = new TreeSet<>();
        if (through(root, open, rest, taker)) {
            // An archive that was read to its end has all that is there.
            open.subSet(root + "/", root + "0").clear();
        }
        open.remove(root);
        open.addAll(rest);
    }

    /**
     * Whether all of it was read.
     *
     * @param rest gets links to what is not taken, which have to be read by themselves, as what they are
     */
    private boolean through(String root, TreeSet<String> open, TreeSet<String> rest, Taker taker) throws IOException {
        String above = EntryNames.parent(root);
        String prefix = above.isEmpty() ? "" : above + "/";
        Map<String, Long> sizes = new HashMap<>();
        long passed = 0;
        try (EngineArchive archive = engine.archive(container, "/" + root);
                TarReader tar = archive.tar()) {
            for (TarEntry next = tar.next(); next != null; next = tar.next()) {
                TarEntry entry = renamed(next, prefix);
                boolean link = entry.kind() == TarEntry.Kind.HARD_LINK;
                Long size = link ? sizes.get(entry.link()) : Long.valueOf(entry.size());
                if (size != null && open.remove(entry.name())) {
                    if (link || entry.kind() == TarEntry.Kind.FILE) {
                        sizes.put(entry.name(), size);
                    }
                    taker.take(entry, size, tar);
                } else {
                    passed += HEAD + entry.size();
                    if (open.remove(entry.name())) {
                        rest.add(entry.name());
                    }
                }
                if (passed > MOST_PASSED || open.subSet(root + "/", root + "0").isEmpty()) {
                    return false;
                }
            }
            return true;
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.NOT_FOUND) {
                throw e;
            }
            return true;
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
}
