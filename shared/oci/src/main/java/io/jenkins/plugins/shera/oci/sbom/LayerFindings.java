package io.jenkins.plugins.shera.oci.sbom;

import io.jenkins.plugins.shera.oci.layer.TarEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What software one layer brings, and what of lower layers it hides. */
public final class LayerFindings {
    private final List<TarEntry> marks;
    private final Map<String, Findings> found;
    private final String unread;

    LayerFindings(List<TarEntry> marks, Map<String, Findings> found) {
        this(marks, found, "");
    }

    private LayerFindings(List<TarEntry> marks, Map<String, Findings> found, String unread) {
        this.marks = List.copyOf(marks);
        this.found = new TreeMap<>(found);
        this.unread = unread;
    }

    /** Of a layer that could not be read; {@code why} is told in the SBOM. */
    public static LayerFindings unread(String why) {
        return new LayerFindings(List.of(), Map.of(), why);
    }

    /** The entries by which this layer adds to those below, or hides of them. */
    List<TarEntry> marks() {
        return marks;
    }

    /** What each file told, by its path. */
    Map<String, Findings> found() {
        return found;
    }

    /** Why the whole layer was not read; empty when it was. */
    String unread() {
        return unread;
    }
}
