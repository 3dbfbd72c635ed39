package io.jenkins.plugins.shera.monitoring.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Ranges of time from the log agents where they answer, everything else from another source; remembers which container's lines came
 * from where, and why not from an agent. For one thread.
 */
public final class AgentFirst implements LogSource {

    private final AgentLogs agents;
    private final LogSource other;
    private final List<Origin> origins = new ArrayList<>();
    private final Set<ContainerLog> unverified = new HashSet<>();
    private final Set<ContainerLog> cut = new HashSet<>();

    /**
     * Where the lines of a container came from.
     *
     * @param agent true for its node's log agent, false for the other source
     * @param why no agent was asked or believed; null where one was not wanted or gave the lines
     * @param said the agent's own reason for those who run the platform; it may name addresses
     * @param store the store of logs that gave the lines; empty for none
     */
    public record Origin(ContainerLog log, boolean agent, AgentException.Kind why, String said, String store) {

        /** Of no store. */
        public Origin(ContainerLog log, boolean agent, AgentException.Kind why, String said) {
            this(log, agent, why, said, "");
        }

        /** What gave the lines, in one word. */
        public String source() {
            if (agent) {
                return "agent";
            }
            return store.isEmpty() ? "kubernetes" : store;
        }
    }

    /** {@code agents} are made with where to put their notes; null when there are none, or when none is to be asked. */
    public AgentFirst(Function<Consumer<SourceNote>, AgentLogs> agents, LogSource other) {
        this.agents = agents == null ? null : agents.apply(this::note);
        this.other = other;
    }

    private void note(SourceNote note) {
        (note.kind() == SourceNote.Kind.CUT_BY_AGENT ? cut : unverified).add(note.log());
    }

    @Override
    public LogStream open(ContainerLog log, LogQuery query) throws IOException {
        if (agents == null || !AgentLogs.answers(query)) {
            return fromOther(new Origin(log, false, null, ""), query);
        }
        try {
            LogStream stream = agents.open(log, query);
            origins.add(new Origin(log, true, null, ""));
            return stream;
        } catch (AgentException e) {
            return fromOther(new Origin(log, false, e.kind(), String.valueOf(e.getMessage())), query);
        }
    }

    private LogStream fromOther(Origin origin, LogQuery query) throws IOException {
        LogStream stream = other.open(origin.log(), query);
        String store = other.storeOf(origin.log());
        origins.add(new Origin(origin.log(), false, store.isEmpty() ? origin.why() : null, origin.said(), store));
        boolean open =
                query.window().since() == Long.MIN_VALUE + 1 && query.window().until() == Long.MAX_VALUE;
        if (!open) {
            unverified.add(origin.log());
        }
        return stream;
    }

    /** Where each container's lines came from, in the order in which they were opened. */
    public List<Origin> origins() {
        return List.copyOf(origins);
    }

    /** Whether it is certain that no line of the range is missing in a container's, known when its lines have been read. */
    public boolean isOrdered(ContainerLog log) {
        return !unverified.contains(log);
    }

    /** Whether the agent ended a container's lines before the range did. */
    public boolean isCut(ContainerLog log) {
        return cut.contains(log);
    }

    /** By how many nanoseconds the clock of a container's node is ahead of ours for certain; 0 where that is not known. */
    public long ahead(ContainerLog log) {
        return agents == null ? 0 : agents.ahead(log);
    }
}
