package io.jenkins.plugins.shera.nginx.desk;

import io.jenkins.plugins.shera.nginx.intent.Intent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the nodes of one nginx cluster last told. Kept in memory alone: after a restart of Jenkins every node that lives tells it
 * again within seconds. Usable from many threads.
 */
public final class NodeBoard {
    private final Duration patience;
    private final Instant begun = Instant.now();
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();

    /** What a node told, and when. */
    public record Line(Instant at, NodeTold told) {}

    /**
     * Why a node is not as wanted.
     *
     * @param refused whether its nginx refuses that document, so that waiting longer does not help
     * @param why for people; empty when only time is missing
     */
    public record Lagging(String node, boolean refused, String why) {}

    /** A node of which nothing was heard for that long is taken to be away. */
    public NodeBoard(Duration patience) {
        this.patience = patience;
    }

    /** The node asked for a document, and has none that is later than ours. */
    public synchronized void asked(String node, Intent.Kind kind) {
        asked.put(node + "/" + kind, Instant.now());
        notifyAll();
    }

    /** The node told its state. */
    public synchronized void told(String node, NodeTold state) {
        lines.put(node, new Line(Instant.now(), state));
        notifyAll();
    }

    /** What it last told. */
    public synchronized Optional<Line> line(String node) {
        return Optional.ofNullable(lines.get(node));
    }

    /** Whether a node serves this host for an object of another tenant. */
    public synchronized boolean isTaken(String host, String tenant) {
        return lines.values().stream()
                .flatMap(line -> line.told().objects().stream())
                .anyMatch(one -> !one.tenant().equals(tenant) && one.hosts().contains(host));
    }

    /** Waits until each of them has asked and told lately; gives one that is away, if any. */
    public synchronized Optional<String> awaitHeard(Collection<String> nodes, Intent.Kind kind)
            throws InterruptedException {
        while (true) {
            Instant since = Instant.now().minus(patience);
            Optional<String> silent = nodes.stream()
                    .filter(node -> asked.getOrDefault(node + "/" + kind, Instant.MIN)
                                    .isBefore(since)
                            || line(node).map(Line::at).orElse(Instant.MIN).isBefore(since))
                    .findFirst();
            if (silent.isEmpty() || begun.isBefore(since)) {
                return silent;
            }
            wait(1000);
        }
    }

    /** Waits until each of them told its state after that moment, or the time is over. */
    public synchronized void awaitTold(Collection<String> nodes, Instant after, Duration limit)
            throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < until
                && nodes.stream()
                        .anyMatch(node ->
                                line(node).map(Line::at).orElse(Instant.MIN).isBefore(after))) {
            wait(Math.max(1, Math.min(1000, (until - System.nanoTime()) / 1_000_000)));
        }
    }

    /** Nodes that do not serve that generation with this owner's part. */
    public synchronized List<Lagging> lagging(
            Collection<String> nodes, Intent.Kind kind, long generation, String owner) {
        return nodes.stream()
                .map(node -> lagging(node, kind, generation, owner))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Lagging> lagging(String node, Intent.Kind kind, long generation, String owner) {
        Line line = lines.get(node);
        if (line == null) {
            return Optional.of(new Lagging(node, false, ""));
        }
        NodeTold.Half half = line.told().half(kind);
        if (half.generation() < generation) {
            String why = half.error().isEmpty() ? half.problem() : half.error();
            return Optional.of(new Lagging(node, half.refused() >= generation, why));
        }
        String leftOut = half.leftOut(owner);
        return leftOut.isEmpty() ? Optional.empty() : Optional.of(new Lagging(node, false, leftOut));
    }

    /** Waits until every node serves that generation, one refuses it, or the time is over; gives those that lag. */
    public synchronized List<Lagging> await(
            Collection<String> nodes, Intent.Kind kind, long generation, String owner, Duration limit)
            throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        List<Lagging> lagging = lagging(nodes, kind, generation, owner);
        while (!lagging.isEmpty() && lagging.stream().noneMatch(Lagging::refused) && System.nanoTime() < until) {
            wait(Math.max(1, Math.min(1000, (until - System.nanoTime()) / 1_000_000)));
            lagging = lagging(nodes, kind, generation, owner);
        }
        return lagging;
    }
}
