package io.jenkins.plugins.shera.monitoring.rules;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What is worked out once in each evaluation, so that rules after it need not do it again. */
public record Recording(String record, String expr, Map<String, String> labels) implements Serializable {

    /** Keeps its own copy. */
    public Recording {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
