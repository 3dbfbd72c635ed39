package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares a running container with the files of its image. A file counts as changed when its change time is after the
 * container's start, or when it differs by kind, owner, permissions or, as a file, by size; what is mounted is passed over, and so
 * are the folders that lead there. In the second of the start itself the time of the content decides.
 */
public final class ChangeFinder {
    private static final int MOST_CHANGES = 200_000;

    private final ContainerShell shell;
    private final ImageTree image;
    private final long started;

    /** The start is that of the container as its cluster tells it, to the second. */
    public ChangeFinder(ContainerShell shell, ImageTree image, Instant started) {
        this.shell = shell;
        this.image = image;
        this.started = started.getEpochSecond();
    }

    /** Asks the container now. */
    public Changes find() throws IOException {
        Mounts mounts = mounts();
        Set<String> seen = new HashSet<>();
        TreeMap<String, ContainerFile> changed = new TreeMap<>();
        TreeSet<String> others = new TreeSet<>();
        ContainerWalk walk = new ContainerWalk(shell);
        walk.each(file -> {
            if (image.find(file.name()).isPresent()) {
                seen.add(file.name());
            }
            boolean forMounts = file.kind() == TarEntry.Kind.FOLDER && mounts.touch(file.name());
            if (mounts.cover(file.name()) || forMounts || !isChanged(file)) {
                return;
            }
            if (file.isPackable()) {
                checkName(file.name());
                changed.put(file.name(), file);
            } else {
                others.add(file.name());
            }
            if (changed.size() + others.size() > MOST_CHANGES) {
                throw new PackException(Messages._ChangeFinder_many(String.valueOf(MOST_CHANGES)));
            }
        });
        shell.confirm();
        TreeSet<String> hidden = walk.unreadable();
        hidden.removeIf(mounts::cover);
        List<String> deleted = deleted(seen, mounts, hidden);
        TreeMap<String, Integer> layers = new TreeMap<>();
        Stream.concat(changed.keySet().stream(), deleted.stream())
                .filter(name -> image.find(name).isPresent())
                .forEach(name -> layers.put(name, image.layerOf(name)));
        return new Changes(changed, deleted, List.copyOf(hidden), List.copyOf(others), layers);
    }

    private Mounts mounts() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ContainerShell.Ended ended = shell.run(List.of("cat", "/proc/self/mountinfo"), new Bounded(text, 4 << 20));
        if (ended.code() == 126 || ended.code() == 127) {
            throw new PackException(Messages._ChangeFinder_noCat());
        }
        return new Mounts(text.toString(StandardCharsets.UTF_8));
    }

    private boolean isChanged(ContainerFile file) {
        TarEntry entry = image.find(file.name()).orElse(null);
        if (entry == null) {
            return true;
        }
        TarEntry there = entry.kind() == TarEntry.Kind.HARD_LINK
                ? image.find(entry.link()).orElse(entry)
                : entry;
        if (!file.looksLike(there)) {
            return true;
        }
        if (file.kind() == TarEntry.Kind.FOLDER) {
            return false;
        }
        // An image that was pulled just now was unpacked in the very second of the start; its files bear older times.
        boolean touched = file.changed() > started || file.changed() == started && file.written() >= started;
        return touched || file.kind() == TarEntry.Kind.FILE && file.size() != there.size();
    }

    static void checkName(String name) throws PackException {
        if (EntryNames.last(name).startsWith(EntryNames.WHITEOUT)) {
            throw new PackException(Messages._ChangeFinder_whiteout(name, EntryNames.WHITEOUT));
        }
        try {
            TarEntry.folder(name, 0);
        } catch (IllegalArgumentException e) {
            throw new PackException(Messages._ChangeFinder_name(e.getMessage()));
        }
    }

    private List<String> deleted(Set<String> seen, Mounts mounts, TreeSet<String> hidden) {
        TreeSet<String> gone = new TreeSet<>();
        for (TarEntry entry : image.allBelow("")) {
            String name = entry.name();
            boolean hiddenOrKept = seen.contains(name) || mounts.touch(name) || isBelow(name, hidden);
            if (!hiddenOrKept && !isBelow(EntryNames.parent(name), gone)) {
                gone.add(name);
            }
        }
        return List.copyOf(gone);
    }

    private static boolean isBelow(String name, TreeSet<String> folders) {
        for (String at = name; !at.isEmpty(); at = EntryNames.parent(at)) {
            if (folders.contains(at)) {
                return true;
            }
        }
        return false;
    }
}
