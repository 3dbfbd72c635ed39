package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code pruneImages} returns. */
public final class PruneResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final boolean dryRun;
    private final ArrayList<String> deleted = new ArrayList<>();
    private final ArrayList<String> kept = new ArrayList<>();

    PruneResult(String name, RetentionPlan plan, boolean dryRun) {
        this.name = name;
        this.dryRun = dryRun;
        plan.lines().forEach(line -> (line.goes() ? deleted : kept)
                .add(line.digest().toString()));
    }

    /** Registry and repository, as clusters pull it. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** Whether nothing was deleted yet. */
    @Whitelisted
    public boolean isDryRun() {
        return dryRun;
    }

    /** Digests of the images that went, or would go. */
    @Whitelisted
    public List<String> getDeleted() {
        return new ArrayList<>(deleted);
    }

    /** Digests of those that stay. */
    @Whitelisted
    public List<String> getKept() {
        return new ArrayList<>(kept);
    }
}
