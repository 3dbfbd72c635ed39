package io.jenkins.plugins.shera.nginx.desk;

import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the nodes of one nginx cluster told of the requests they answered, for an hour and in memory alone. What is older than
 * some minutes is kept by the minute. Usable from many threads.
 */
public final class FigureBoard {
    private static final long KEPT = Duration.ofMinutes(61).toMillis();
    private static final long FINE = Duration.ofMinutes(6).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    /** Nodes tell every few seconds, so that the edge of a range is never met exactly. */
    private static final long EDGE = Duration.ofSeconds(20).toMillis();

    private final Map<String, Line> lines = new HashMap<>();

    /** Slices of time by the clock of Jenkins, later ones last. */
    private static final class Line {
        private Instant heard;
        private boolean readable;
        private final Deque<NodeFigures> slices = new ArrayDeque<>();
    }

    /**
     * What is known of a node.
     *
     * @param heard when it last told
     * @param readable whether its log could be read then
     * @param figures of the time asked for; cut where a part of that time is not known
     */
    public record Lately(Instant heard, boolean readable, NodeFigures figures) {}

    /** A node told what it answered up to now; its own clock counts for how long that was, not for when. */
    public void told(String node, boolean readable, NodeFigures slice) {
        told(node, readable, slice, Instant.now());
    }

    synchronized void told(String node, boolean readable, NodeFigures slice, Instant at) {
        Line line = lines.computeIfAbsent(node, name -> new Line());
        line.heard = at;
        line.readable = readable;
        long now = at.toEpochMilli();
        line.slices.addLast(new NodeFigures(now - (slice.until() - slice.since()), now, false, slice.rows()));
        line.slices.removeIf(old -> old.until() < now - KEPT);
        coarsen(line.slices, now - FINE);
    }

    /** Makes one of the slices that ended in the same minute before that time. */
    private static void coarsen(Deque<NodeFigures> slices, long before) {
        List<NodeFigures> kept = new ArrayList<>();
        for (NodeFigures slice : slices) {
            NodeFigures last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
            boolean together = last != null
                    && slice.until() < before
                    && last.until() / MINUTE == slice.until() / MINUTE
                    && slice.since() - last.until() < EDGE;
            if (together) {
                kept.set(
                        kept.size() - 1,
                        new NodeFigures(
                                last.since(), slice.until(), false, NodeFigures.together(List.of(last, slice))));
            } else {
                kept.add(slice);
            }
        }
        slices.clear();
        slices.addAll(kept);
    }

    /** What a node answered in the time up to now; empty where it never told anything. */
    public Optional<Lately> lately(String node, Duration time) {
        return lately(node, time, Instant.now());
    }

    synchronized Optional<Lately> lately(String node, Duration time, Instant now) {
        Line line = lines.get(node);
        if (line == null) {
            return Optional.empty();
        }
        long begin = now.minus(time).toEpochMilli();
        List<NodeFigures> within =
                line.slices.stream().filter(slice -> slice.until() > begin).toList();
        long covered = within.stream()
                .mapToLong(slice -> slice.until() - Math.max(begin, slice.since()))
                .sum();
        boolean cut = covered < time.toMillis() - EDGE;
        return Optional.of(new Lately(
                line.heard,
                line.readable,
                new NodeFigures(begin, now.toEpochMilli(), cut, NodeFigures.together(within))));
    }
}
