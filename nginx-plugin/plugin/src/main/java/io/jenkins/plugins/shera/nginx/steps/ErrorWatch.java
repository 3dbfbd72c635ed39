package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.figures.ErrorBound;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.traffic.ClusterFigures;
import io.jenkins.plugins.shera.nginx.work.FiguresOnNode;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether answers with a status from 500 on became more on the nodes that were pushed. What they were before is saved with the push,
 * so that it is compared with after a restart, too.
 */
public final class ErrorWatch implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 60 * 60;

    private final int seconds;
    private final double points;
    private final long requests;

    /** Requests and errors by host before the nodes were pushed. */
    private final TreeMap<String, long[]> before = new TreeMap<>();

    /** When the stage began, by the clock of each node that was pushed. */
    private final ArrayList<Long> since = new ArrayList<>();

    private ErrorWatch(int seconds, double points, long requests) {
        this.seconds = seconds;
        this.points = points;
        this.requests = requests;
    }

    /** Looks at nothing. */
    public static ErrorWatch off() {
        return new ErrorWatch(0, 0, 0);
    }

    /**
     * After each stage.
     *
     * @param seconds how long, and how much time before the push is compared with; 0 for not at all
     * @param points percentage points by which the share of errors may rise
     * @param requests fewer than that are not judged
     * @throws IOException if one of them is out of its range
     */
    public static ErrorWatch of(int seconds, double points, long requests) throws IOException {
        if (seconds < 0 || seconds > LONGEST || !(points >= 0 && points < 100) || requests < 1) {
            throw new SitePush.FailedException(Messages.ErrorWatch_range(String.valueOf(LONGEST)), null);
        }
        return new ErrorWatch(seconds, points, requests);
    }

    boolean isOn() {
        return seconds > 0;
    }

    int seconds() {
        return seconds;
    }

    /** Refuses nodes whose figures cannot be read, before anything is changed. */
    void require(List<NginxNodeSettings> nodes) throws IOException, InterruptedException {
        lately(nodes, 0, nodes.size(), seconds);
    }

    /** Remembers what these nodes answered until now. */
    void before(List<NginxNodeSettings> nodes, int from, int end) throws IOException, InterruptedException {
        ErrorBound.shares(lately(nodes, from, end, seconds)).forEach((host, more) -> {
            long[] sum = before.computeIfAbsent(host, name -> new long[] {0, 0});
            sum[0] += more[0];
            sum[1] += more[1];
        });
    }

    /** What comes from now on counts for the stage that these nodes, from the first one on, were just pushed in. */
    void begin(List<NginxNodeSettings> nodes, int end) throws IOException, InterruptedException {
        List<NodeFigures> now = lately(nodes, 0, end, 0);
        since.clear();
        now.forEach(figures -> since.add(figures.until()));
    }

    /** Why they have to go back; empty when they need not, or not yet. */
    Optional<String> risen(List<NginxNodeSettings> nodes) throws IOException, InterruptedException {
        return bound().broken(before, after(nodes))
                .map(rise -> Messages.ErrorWatch_risen(
                        rise.host().isEmpty() ? Messages.ErrorWatch_all() : rise.host(),
                        percent(rise.before()),
                        percent(rise.after()),
                        rise.errors(),
                        rise.requests(),
                        percent(points)));
    }

    /** What came of the stage, for the log. */
    String told(List<NginxNodeSettings> nodes) throws IOException, InterruptedException {
        Map<String, long[]> after = after(nodes);
        return bound().whole(before, after)
                .map(rise -> Messages.ErrorWatch_held(percent(rise.after()), rise.requests(), percent(rise.before())))
                .orElseGet(() -> Messages.ErrorWatch_few(after.get("")[0], requests));
    }

    private ErrorBound bound() {
        return new ErrorBound(points, requests);
    }

    private Map<String, long[]> after(List<NginxNodeSettings> nodes) throws IOException, InterruptedException {
        List<FiguresOnNode> questions = new ArrayList<>();
        for (int i = 0; i < since.size(); i++) {
            questions.add(FiguresOnNode.since(nodes.get(i).getRequestLog(), since.get(i)));
        }
        return ErrorBound.shares(ask(nodes, 0, questions));
    }

    private static List<NodeFigures> lately(List<NginxNodeSettings> nodes, int from, int end, int seconds)
            throws IOException, InterruptedException {
        return ask(
                nodes,
                from,
                nodes.subList(from, end).stream()
                        .map(node -> FiguresOnNode.lately(node.getRequestLog(), Duration.ofSeconds(seconds)))
                        .toList());
    }

    private static List<NodeFigures> ask(List<NginxNodeSettings> nodes, int from, List<FiguresOnNode> questions)
            throws IOException, InterruptedException {
        List<NodeFigures> figures = new ArrayList<>();
        for (ClusterFigures.OfNode node : ClusterFigures.of(nodes, from, questions)) {
            if (node.figures() == null) {
                throw new SitePush.FailedException(Messages.ErrorWatch_unread(node.name(), node.error()), null);
            }
            figures.add(node.figures());
        }
        return figures;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
