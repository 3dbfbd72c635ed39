package io.jenkins.plugins.shera.nginx.imports;

import java.util.Set;

/**
 * What a person decided about an import.
 *
 * @param unknownHosts whether requests for unknown hosts may be answered 404 where another server answered them
 * @param dropLogs whether servers may lose logs of their own: their requests then are in the log of the {@code http} block
 * @param taken keys of the drafts that have an owner, by {@link Draft#key}
 */
public record Choices(boolean unknownHosts, boolean dropLogs, Set<String> taken) {
    /** Copies the keys. */
    public Choices {
        taken = Set.copyOf(taken);
    }
}
