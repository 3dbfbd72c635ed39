package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.model.Weight;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node as one reader may see it.
 *
 * @param drift how far it is from what was last put there
 * @param running what the node's nginx tells of itself
 * @param changedAt when the routes in force were put there, in milliseconds since 1970; 0 for never
 * @param weightGeneration of the weights in force; 0 for none
 * @param routes that were last put there
 * @param weights that were last put there
 * @param streams that were last put there
 * @param protections of this machine from files that are tried before nginx tests them as itself, by name
 * @param found the files as they lie there, by name
 * @param intended the files as they were last put there, with the edits that were adopted
 * @param generated the routes' own file before any edit
 * @param waiting files of people that were written and wait for a reload, by name; empty where none do
 * @param waitingAt when they were written, in milliseconds since 1970; 0 where none wait
 * @param earlier what was in force before, the latest first
 */
public record NodeReading(
        NodeDrift drift,
        Running running,
        long changedAt,
        long weightGeneration,
        List<Route> routes,
        List<Weight> weights,
        List<Stream> streams,
        List<String> protections,
        SortedMap<String, String> found,
        SortedMap<String, String> intended,
        SortedMap<String, String> generated,
        SortedMap<String, String> waiting,
        long waitingAt,
        List<Earlier> earlier)
        implements Serializable {

    /** Copies what it is given. */
    public NodeReading {
        routes = List.copyOf(routes);
        weights = List.copyOf(weights);
        streams = List.copyOf(streams);
        protections = List.copyOf(protections);
        found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
        intended = Collections.unmodifiableSortedMap(new TreeMap<>(intended));
        generated = Collections.unmodifiableSortedMap(new TreeMap<>(generated));
        waiting = Collections.unmodifiableSortedMap(new TreeMap<>(waiting));
        earlier = List.copyOf(earlier);
    }

    /**
     * The nginx of a node.
     *
     * @param version as {@code 1.22.1}; empty where its program does not tell
     * @param reloadedAt when its workers of now began, by a reload or a start, in milliseconds since 1970; 0 where that is not known
     */
    public record Running(String version, long reloadedAt) implements Serializable {}

    /**
     * The routes of an earlier generation.
     *
     * @param at when they were put there, in milliseconds since 1970
     * @param files by name
     */
    public record Earlier(long generation, long at, SortedMap<String, String> files) implements Serializable {
        /** Copies the files. */
        public Earlier {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }
    }
}
