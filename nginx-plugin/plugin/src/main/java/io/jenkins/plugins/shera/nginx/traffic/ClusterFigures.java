package io.jenkins.plugins.shera.nginx.traffic;

import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.desk.FigureBoard;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nginx.work.FiguresOnNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What some nodes of a cluster answered, all asked at the same time. */
public final class ClusterFigures {
    private static final Duration AWAY = Duration.ofMinutes(1);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    /**
     * One node.
     *
     * @param figures null where the node could not be read
     * @param error why not; empty where it could
     */
    public record OfNode(String name, NodeFigures figures, String error) {}

    private ClusterFigures() {}

    /**
     * One question for each of these nodes; one that does not answer costs 20 seconds.
     *
     * @param nodes all of the cluster
     * @param from the first that is asked
     */
    public static List<OfNode> of(List<NginxNodeSettings> nodes, int from, List<FiguresOnNode> questions)
            throws InterruptedException {
        List<String> names = NodeAccess.names(nodes).subList(from, from + questions.size());
        List<Future<NodeFigures>> asked = new ArrayList<>();
        List<OfNode> answers = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            try {
                if (questions.get(i).log().isEmpty()) {
                    throw new IOException(Messages.FiguresOnNode_noLog());
                }
                asked.add(NodeAccess.channel(nodes.get(from + i)).callAsync(questions.get(i)));
                answers.add(null);
            } catch (IOException e) {
                asked.add(null);
                answers.add(new OfNode(names.get(i), null, String.valueOf(e.getMessage())));
            }
        }
        long end = System.nanoTime() + LIMIT_NANOS;
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i) != null) {
                answers.set(i, await(names.get(i), asked.get(i), end));
            }
        }
        return answers;
    }

    /** Whether any of its nodes logs what it answers. */
    public static boolean isLogging(NginxCluster cluster) {
        return cluster.isKubeng()
                ? cluster.daemonNames().stream().anyMatch(name -> KubengDesks.get()
                        .figures(cluster)
                        .lately(name, Duration.ofMinutes(1))
                        .isPresent())
                : cluster.getNodes().stream()
                        .anyMatch(node -> !node.getRequestLog().isEmpty());
    }

    /** What the KubeNg nodes of a cluster told, in that time up to now. */
    public static List<OfNode> told(NginxCluster cluster, Duration time) {
        return cluster.daemonNames().stream()
                .map(name -> told(cluster, name, time))
                .toList();
    }

    private static OfNode told(NginxCluster cluster, String name, Duration time) {
        FigureBoard.Lately lately =
                KubengDesks.get().figures(cluster).lately(name, time).orElse(null);
        if (lately == null) {
            boolean heard = KubengDesks.get().board(cluster).line(name).isPresent();
            return new OfNode(
                    name, null, heard ? Messages.ClusterFigures_noLog() : Messages.ClusterFigures_neverHeard());
        }
        if (lately.heard().isBefore(Instant.now().minus(AWAY))) {
            return new OfNode(
                    name, null, Messages.ClusterFigures_away(lately.heard().truncatedTo(ChronoUnit.SECONDS)));
        }
        return lately.readable()
                ? new OfNode(name, lately.figures(), "")
                : new OfNode(name, null, Messages.ClusterFigures_unreadable());
    }

    private static OfNode await(String name, Future<NodeFigures> answer, long end) throws InterruptedException {
        try {
            return new OfNode(name, answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS), "");
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new OfNode(name, null, Messages.ClusterFigures_slow());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new OfNode(name, null, String.valueOf(cause.getMessage()));
        }
    }
}
