package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.StaleWeightException;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.util.List;

/** The weights of a node, which have a folder, a lock and generations of their own: they wait for no push of routes. */
final class WeightLane {
    private final NodeFolders folders;
    private final ReleaseFolder weights;

    WeightLane(NodeFolders folders) {
        this.folders = folders;
        this.weights = folders.weights();
    }

    Release replace(WeightSet changed) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = weights.lock()) {
            return new Rollover(weights, folders.weightService()).apply(held, WeightFiles.render(changed));
        }
    }

    Release weigh(Weight weight) throws IOException, InterruptedException, StaleWeightException {
        try (ReleaseFolder.Lock held = weights.lock()) {
            WeightSet changed = now().with(weight);
            return new Rollover(weights, folders.weightService()).apply(held, WeightFiles.render(changed));
        }
    }

    /** Takes the owner's share away; nothing happens where it has none. */
    void without(RouteOwner owner) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = weights.lock()) {
            WeightSet before = now();
            if (before.of(owner).isPresent()) {
                new Rollover(weights, folders.weightService()).apply(held, WeightFiles.render(before.without(owner)));
            }
        }
    }

    WeightSet now() throws IOException {
        return WeightFiles.read(weights.currentFiles());
    }

    boolean isServed() throws IOException, InterruptedException {
        return folders.weightService().serves(weights.currentFiles().get(WeightFiles.PROOF));
    }

    /** Routes name the variables of the weights, so there is always a set of them, be it empty. */
    void require() throws IOException {
        if (weights.current().isEmpty()) {
            try (ReleaseFolder.Lock held = weights.lock()) {
                weights.activate(held, weights.stage(held, WeightFiles.render(WeightSet.of(List.of()))));
            }
        }
    }
}
