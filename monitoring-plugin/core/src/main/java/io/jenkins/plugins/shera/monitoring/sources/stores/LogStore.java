package io.jenkins.plugins.shera.monitoring.sources.stores;

import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.sources.AgentLogs;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogSource;
import java.io.IOException;
import java.util.List;

/** A store of logs: ranges of time, of containers that are no more, too. */
public interface LogStore extends LogSource {

    /** Most containers of one application that are looked at. */
    int MOST_CONTAINERS = 1_000;

    /** The characters of the parts of a pod's name that Kubernetes makes up. */
    String MADE_UP = "[bcdfghjklmnpqrstvwxz2456789]";

    /** What it is, in one word. */
    String name();

    /** Its version, to see that it is one. */
    String version() throws IOException;

    /** The containers of an application's pods that have lines in a stretch of time. */
    List<ContainerLog> containers(String namespace, String application, Window window) throws IOException;

    /** Whether a query is one for a store: a range of time; it does not know one run of a container from the next. */
    static boolean answers(LogQuery query) {
        return AgentLogs.answers(query) && !query.previous();
    }

    /** A pattern that the pods of an application's Deployments fit, those of its canary too, and nothing else of the namespace. */
    static String podsOf(String application) {
        return Matcher.literal(application) + "(-canary)?-" + MADE_UP + "{1,10}-" + MADE_UP + "{5}";
    }
}
