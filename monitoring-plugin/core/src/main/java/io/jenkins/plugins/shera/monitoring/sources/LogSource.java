package io.jenkins.plugins.shera.monitoring.sources;

import java.io.IOException;

/** A place that has containers' output. */
public interface LogSource {

    /** The output of one container. */
    LogStream open(ContainerLog log, LogQuery query) throws IOException;

    /** The store that gave a container's lines; empty where they came from no store. */
    default String storeOf(ContainerLog log) {
        return "";
    }
}
