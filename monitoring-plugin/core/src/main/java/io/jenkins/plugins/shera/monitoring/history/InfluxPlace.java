package io.jenkins.plugins.shera.monitoring.history;

import java.util.Map;

/**
 * Where in an InfluxDB measurements lie.
 *
 * @param retentionPolicy empty for the usual one of the database
 * @param conditions values that tags of all series must have, as of a database for many clusters
 */
public record InfluxPlace(String database, String retentionPolicy, Map<String, String> conditions) {

    /** Keeps its own copy. */
    public InfluxPlace {
        conditions = Map.copyOf(conditions);
    }

    String measurement(String name) {
        return InfluxText.name(database)
                + "." + (retentionPolicy.isEmpty() ? "" : InfluxText.name(retentionPolicy))
                + "." + InfluxText.name(name);
    }
}
