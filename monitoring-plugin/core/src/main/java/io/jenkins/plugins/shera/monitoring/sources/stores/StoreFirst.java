package io.jenkins.plugins.shera.monitoring.sources.stores;

import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogSource;
import io.jenkins.plugins.shera.monitoring.sources.LogStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Ranges of time from a store of logs, everything else from another source. For one thread. */
public final class StoreFirst implements LogSource {

    private final LogStore store;
    private final LogSource other;
    private final Set<ContainerLog> stored = new HashSet<>();
    private IOException problem;

    /** {@code store} is null where there is none. */
    public StoreFirst(LogStore store, LogSource other) {
        this.store = store;
        this.other = other;
    }

    @Override
    public LogStream open(ContainerLog log, LogQuery query) throws IOException {
        if (store == null || !LogStore.answers(query)) {
            return other.open(log, query);
        }
        try {
            LogStream stream = store.open(log, query);
            stored.add(log);
            return stream;
        } catch (IOException e) {
            problem = e;
            return other.open(log, query);
        }
    }

    /** Why the store did not give the lines of a container, which the other source was asked for then. */
    public Optional<IOException> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public String storeOf(ContainerLog log) {
        return stored.contains(log) ? store.name() : "";
    }
}
