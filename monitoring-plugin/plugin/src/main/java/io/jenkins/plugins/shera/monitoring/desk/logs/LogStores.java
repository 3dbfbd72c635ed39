package io.jenkins.plugins.shera.monitoring.desk.logs;

import io.jenkins.plugins.shera.monitoring.config.LogStoreSettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogSource;
import io.jenkins.plugins.shera.monitoring.sources.stores.LogStore;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreException;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreFirst;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The store of logs of a cluster, as one reading of an application asks it. It is asked as the platform: whose lines they are is for
 * the query to say, which names the environment's own namespace.
 */
public final class LogStores {

    private static final Logger LOG = Logger.getLogger(LogStores.class.getName());

    private final Optional<LogStoreSettings> settings;
    private final String namespace;
    private final String application;
    private StoreFirst first;
    private String problem = "";

    LogStores(String cluster, String namespace, String application) {
        this.settings = MonitoringConfiguration.get().logStoreOf(cluster);
        this.namespace = namespace;
        this.application = application;
    }

    private LogStore open() {
        if (settings.isEmpty()) {
            return null;
        }
        try {
            return settings.get().open();
        } catch (Refusal e) {
            LOG.log(Level.FINE, "The store of logs cannot be asked", e);
            problem = StoreException.Kind.STORE_LOGIN.name();
            return null;
        }
    }

    /** The containers with lines that are not among those that are there. */
    List<ContainerLog> without(Set<ContainerLog> there, LogQuery query) {
        LogStore store = LogStore.answers(query) ? open() : null;
        if (store == null) {
            return List.of();
        }
        try {
            return store.containers(namespace, application, query.window()).stream()
                    .filter(each -> !there.contains(each))
                    .toList();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The store of logs named no containers", e);
            problem = LogReading.sort(e);
            return List.of();
        }
    }

    /** Asks the store first where there is one. */
    LogSource before(LogSource other) {
        first = new StoreFirst(open(), other);
        return first;
    }

    /** Why it gave nothing, in one word; empty when it gave what it was asked for. */
    public String problem() {
        if (first != null && first.problem().isPresent()) {
            return LogReading.sort(first.problem().get());
        }
        return problem;
    }

    /** Its own page; empty where there is none. */
    String link(Window window) {
        return settings.map(each -> each.link(namespace, application, window)).orElse("");
    }
}
