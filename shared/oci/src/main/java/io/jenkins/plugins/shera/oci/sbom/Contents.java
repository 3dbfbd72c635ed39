package io.jenkins.plugins.shera.oci.sbom;

import io.jenkins.plugins.shera.oci.layer.ImageTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an image holds once its layers lie over each other: what a higher layer replaced or hid is not there. */
final class Contents {
    final List<Artifact> artifacts = new ArrayList<>();
    final List<SystemPackage> packages = new ArrayList<>();
    final TreeSet<String> unread = new TreeSet<>();
    private final Map<String, Map<String, String>> systems = new TreeMap<>();

    /** Takes the layers, the lowest first. */
    Contents(List<LayerFindings> layers) {
        ImageTree tree = new ImageTree();
        layers.forEach(layer -> tree.add(layer.marks()));
        for (int i = 0; i < layers.size(); i++) {
            int layer = i;
            if (!layers.get(i).unread().isEmpty()) {
                unread.add(layers.get(i).unread());
            }
            layers.get(i).found().forEach((path, findings) -> {
                if (tree.find(path).isPresent() && tree.layerOf(path) == layer) {
                    add(path, findings);
                }
            });
        }
    }

    private void add(String path, Findings findings) {
        artifacts.addAll(findings.artifacts());
        packages.addAll(findings.packages());
        unread.addAll(findings.unread());
        if (!findings.system().isEmpty()) {
            systems.put(path, findings.system());
        }
    }

    /** {@code /etc/os-release} goes before the distribution's own, as its manual says. */
    Distribution distribution() {
        return Distribution.of(systems.values().stream().findFirst().orElse(Map.of()));
    }
}
