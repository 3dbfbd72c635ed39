package io.jenkins.plugins.shera.oci.layer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The files a container of an image would see: layers laid over each other, without their contents. */
public final class ImageTree {
    private static final int MOST_LINKS = 40;

    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private int layers;

    /** Lays one more layer on top; layers are counted from 0. */
    public void add(List<TarEntry> layer) {
        for (TarEntry entry : layer) {
            String last = EntryNames.last(entry.name());
            String parent = EntryNames.parent(entry.name());
            if (last.equals(EntryNames.OPAQUE)) {
                below(parent).values().removeIf(node -> node.layer < layers);
            } else if (last.startsWith(EntryNames.WHITEOUT)) {
                String gone = last.substring(EntryNames.WHITEOUT.length());
                remove(parent.isEmpty() ? gone : parent + "/" + gone);
            } else {
                put(entry);
            }
        }
        layers++;
    }

    private void put(TarEntry entry) {
        for (String parent = EntryNames.parent(entry.name()); !parent.isEmpty(); parent = EntryNames.parent(parent)) {
            Node there = nodes.get(parent);
            if (there == null || there.entry.kind() != TarEntry.Kind.FOLDER) {
                nodes.put(parent, new Node(TarEntry.folder(parent, 0755), layers));
            }
        }
        if (entry.kind() != TarEntry.Kind.FOLDER) {
            below(entry.name()).clear();
        }
        nodes.put(entry.name(), new Node(entry, layers));
    }

    private void remove(String name) {
        nodes.remove(name);
        below(name).clear();
    }

    private java.util.NavigableMap<String, Node> below(String folder) {
        return folder.isEmpty() ? nodes : nodes.subMap(folder + "/", true, folder + "0", false);
    }

    /** What stands under the name itself, links not followed; the root, an empty name, has no entry. */
    public Optional<TarEntry> find(String name) {
        return Optional.ofNullable(nodes.get(name)).map(node -> node.entry);
    }

    /** Number of the layer the name comes from. */
    public int layerOf(String name) {
        return nodes.get(name).layer;
    }

    /** All that is below a folder, sorted by name; an empty name is the root. */
    public List<TarEntry> allBelow(String folder) {
        return below(folder).values().stream().map(node -> node.entry).toList();
    }

    /**
     * Where a path really leads inside the image, links followed; what does not exist is kept as written.
     *
     * @throws LayerException when the links go round in a circle
     */
    public String resolve(String path) throws LayerException {
        Deque<String> rest = new ArrayDeque<>(List.of(path.split("/")));
        String at = "";
        int links = 0;
        while (!rest.isEmpty()) {
            String part = rest.pop();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                at = EntryNames.parent(at);
                continue;
            }
            String next = at.isEmpty() ? part : at + "/" + part;
            Node node = nodes.get(next);
            if (node == null || node.entry.kind() != TarEntry.Kind.SYMLINK) {
                at = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new LayerException("The links of the image lead in a circle at /" + next + ".");
            }
            String link = node.entry.link();
            at = link.startsWith("/") ? "" : at;
            String[] parts = link.split("/");
            for (int i = parts.length - 1; i >= 0; i--) {
                rest.push(parts[i]);
            }
        }
        return at;
    }

    private static final class Node {
        private final TarEntry entry;
        private final int layer;

        Node(TarEntry entry, int layer) {
            this.entry = entry;
            this.layer = layer;
        }
    }
}
