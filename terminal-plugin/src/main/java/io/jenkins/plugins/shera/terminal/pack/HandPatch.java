package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.target.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text files that an image made by hand changes, as a patch against the image it stands on, so that the change goes back to git.
 * Both sides come from the registry; what looks like a secret has stars on both.
 *
 * @param text the patch; empty where no text changed
 * @param binary paths of changed files that are no text
 * @param left paths of what the patch does not have for another reason: key files and histories, large files, links, special names
 */
public record HandPatch(String text, List<String> binary, List<String> left) {
    private static final int LARGEST_FILE = 1 << 20;
    private static final int BEGINNING = 8000;
    private static final int MOST_TEXT = 4 << 20;
    private static final int MOST_FILES = 2000;

    /** Keeps its own copies. */
    public HandPatch {
        binary = List.copyOf(binary);
        left = List.copyOf(left);
    }

    /** A file of one side; without all of its content where it cannot be compared. */
    private record Side(TarEntry entry, byte[] content, boolean isWhole) {
        boolean isBinary() {
            for (byte each : content) {
                if (each == 0) {
                    return true;
                }
            }
            return isWhole && text() == null;
        }

        /** Null when it is none. */
        String text() {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(content))
                        .toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }
    }

    /**
     * Compares the uppermost layer of an image with the files of the one below it.
     *
     * @param lists remembers which layer has which file
     */
    public static HandPatch of(Image made, Image origin, LayerLists lists) throws IOException {
        List<Descriptor> layers = made.manifest().layers();
        TreeMap<String, Side> now = new TreeMap<>();
        TreeSet<String> gone = new TreeSet<>();
        read(made, layers.get(layers.size() - 1), null, (entry, side) -> {
            String last = EntryNames.last(entry.name());
            if (last.startsWith(EntryNames.WHITEOUT)) {
                String above = EntryNames.parent(entry.name());
                gone.add((above.isEmpty() ? "" : above + "/") + last.substring(EntryNames.WHITEOUT.length()));
            } else if (entry.kind() != TarEntry.Kind.FOLDER) {
                now.put(entry.name(), side);
            }
        });
        Writing writing = new Writing(now, before(origin, lists.of(origin), now.keySet(), gone));
        return writing.all(gone);
    }

    private interface Taker {
        void take(TarEntry entry, Side side);
    }

    /** Reads the wanted files of a layer, or all for null; so much and no more is kept in memory. */
    private static void read(Image image, Descriptor layer, Set<String> wanted, Taker taker) throws IOException {
        long kept = 0;
        try (LayerStream stream = new LayerStream(image.home().openBlob(layer), layer, TarReader.Limits.USUAL)) {
            TarReader tar = stream.tar();
            int open = wanted == null ? Integer.MAX_VALUE : wanted.size();
            for (TarEntry entry = tar.next(); entry != null && open > 0; entry = tar.next()) {
                if (wanted != null && !wanted.contains(entry.name())) {
                    continue;
                }
                open--;
                boolean fits = entry.kind() == TarEntry.Kind.FILE
                        && entry.size() <= LARGEST_FILE
                        && kept + entry.size() <= 4L * MOST_TEXT;
                byte[] content = fits ? tar.readAllBytes() : tar.readNBytes(BEGINNING);
                kept += content.length;
                taker.take(entry, new Side(entry, content, fits));
            }
        }
    }

    private static Map<String, Side> before(Image origin, ImageTree tree, Set<String> names, TreeSet<String> gone)
            throws IOException {
        TreeSet<String> all = new TreeSet<>(names);
        for (String each : gone) {
            tree.find(each)
                    .filter(entry -> entry.kind() == TarEntry.Kind.FOLDER)
                    .ifPresent(folder -> tree.allBelow(each).forEach(entry -> all.add(entry.name())));
            all.add(each);
        }
        TreeMap<Integer, Set<String>> byLayer = new TreeMap<>();
        for (String name : all) {
            Optional<TarEntry> entry = tree.find(name);
            if (entry.isPresent() && entry.get().kind() != TarEntry.Kind.FOLDER) {
                byLayer.computeIfAbsent(tree.layerOf(name), layer -> new HashSet<>())
                        .add(name);
            }
        }
        Map<String, Side> before = new HashMap<>();
        for (Map.Entry<Integer, Set<String>> each : byLayer.entrySet()) {
            Descriptor layer = origin.manifest().layers().get(each.getKey());
            read(origin, layer, each.getValue(), (entry, side) -> before.put(entry.name(), side));
        }
        return before;
    }

    /** The patch while it grows. */
    private static final class Writing {
        private final StringBuilder text = new StringBuilder();
        private final List<String> binary = new ArrayList<>();
        private final List<String> left = new ArrayList<>();
        private final Map<String, Side> now;
        private final Map<String, Side> before;
        private int files;

        Writing(Map<String, Side> now, Map<String, Side> before) {
            this.now = now;
            this.before = before;
        }

        HandPatch all(Set<String> gone) {
            TreeSet<String> names = new TreeSet<>(now.keySet());
            before.keySet().stream()
                    .filter(name -> isBelow(name, gone) && !now.containsKey(name))
                    .forEach(names::add);
            for (String name : names) {
                add(name, before.get(name), now.get(name));
            }
            return new HandPatch(text.toString(), binary, left);
        }

        private static boolean isBelow(String name, Set<String> gone) {
            for (String at = name; !at.isEmpty(); at = EntryNames.parent(at)) {
                if (gone.contains(at)) {
                    return true;
                }
            }
            return false;
        }

        private void add(String name, Side was, Side is) {
            boolean plain = name.matches("[^\\p{Cntrl}\"\\\\]+");
            if (!plain || ++files > MOST_FILES || SecretScan.byName(name).isPresent()) {
                left.add("/" + name);
                return;
            }
            if (was != null && was.isBinary() || is != null && is.isBinary()) {
                binary.add("/" + name);
                return;
            }
            if (was != null && !was.isWhole || is != null && !is.isWhole) {
                left.add("/" + name);
                return;
            }
            String old = was == null ? null : was.text();
            String fresh = is == null ? null : is.text();
            String masked = old == null ? null : SecretScan.masked(old);
            String shown = fresh == null ? null : SecretScan.masked(fresh);
            if (!FilePatch.canCompare(masked == null ? "" : masked, shown == null ? "" : shown)) {
                left.add("/" + name);
                return;
            }
            if (masked != null && masked.equals(shown)) {
                if (!old.equals(fresh)) {
                    left.add("/" + name);
                }
                return;
            }
            String patch = FilePatch.of(name, masked, shown, (is == null ? was : is).entry.mode());
            if (text.length() + patch.length() > MOST_TEXT) {
                left.add("/" + name);
            } else {
                text.append(patch);
            }
        }
    }
}
