package io.jenkins.plugins.shera.monitoring.preview;

import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When a threshold would have fired, had it been set. The query is the one its rules would have, over one namespace.
 *
 * @param outcomes one for each limit of the threshold
 * @param missing where no pod had any value, so that no alert could have fired
 * @param unreadable where there were values, but all of them NaN, which no limit catches
 * @param lines one for each pod, those farthest towards the limit
 * @param left how many pods there were besides
 */
public record Preview(
        Span span,
        List<Outcome> outcomes,
        List<Stretch> missing,
        List<Stretch> unreadable,
        List<Chart.Line> lines,
        int left) {

    private static final int MOST_LINES = 30;
    private static final int MOST_FIRINGS = 200;
    private static final int MOST_SERIES = 2_000;
    private static final Duration PIECE = Duration.ofDays(1);

    /** A stretch of time, both ends in it. */
    public record Stretch(Instant from, Instant until) {}

    /**
     * What one limit would have done.
     *
     * @param times how often its alerts would have fired
     * @param lasting how long, all alerts together
     * @param shorter how often the value was beyond it, but not for long enough
     * @param firings the newest last; those of long ago are left out when there are too many
     */
    public record Outcome(
            String severity, double limit, int times, Duration lasting, int shorter, List<Firing> firings) {
        /** Keeps its own copy. */
        public Outcome {
            firings = List.copyOf(firings);
        }
    }

    /** Keeps its own copies. */
    public Preview {
        outcomes = List.copyOf(outcomes);
        missing = List.copyOf(missing);
        unreadable = List.copyOf(unreadable);
        lines = List.copyOf(lines);
    }

    /** Whether there was any number at all. */
    public boolean isMeasured() {
        return !lines.isEmpty();
    }

    /**
     * Works it out, a day at a time.
     *
     * @throws IOException when Prometheus cannot be asked or refuses
     */
    public static Preview of(
            PrometheusClient prometheus, Measure measure, Subject subject, Threshold threshold, Span span)
            throws IOException {
        Map<Map<String, String>, Watched> all = new LinkedHashMap<>();
        byte[] known = new byte[span.moments()];
        for (Instant from = span.begin(); !from.isAfter(span.until()); from = from.plus(PIECE)) {
            Instant to = from.plus(PIECE).minus(span.step());
            Instant end = to.isAfter(span.until()) ? span.until() : to;
            for (Series series : prometheus.rangeAsRulesSee(measure.of(subject), from, end, span.step())) {
                String namespace = series.labels().getOrDefault("namespace", subject.namespace());
                if (!namespace.equals(subject.namespace())) {
                    continue;
                }
                Watched watched = all.get(series.labels());
                if (watched == null) {
                    if (all.size() == MOST_SERIES) {
                        throw new IOException(
                                "more than " + MOST_SERIES + " pods were measured in this time: look back fewer days");
                    }
                    watched = watched(span, threshold, series);
                    all.put(series.labels(), watched);
                }
                for (Series.Sample sample : series.samples()) {
                    int moment = span.index(sample.at());
                    if (moment >= 0 && moment < known.length) {
                        watched.see(moment, sample.value());
                        known[moment] = (byte) Math.max(known[moment], Double.isNaN(sample.value()) ? 1 : 2);
                    }
                }
            }
        }
        all.values().forEach(Watched::stop);
        return new Preview(
                span,
                outcomes(threshold, List.copyOf(all.values())),
                stretches(span, known, 0),
                stretches(span, known, 1),
                lines(all),
                Math.max(0, all.size() - MOST_LINES));
    }

    private static Watched watched(Span span, Threshold threshold, Series series) {
        String pod = series.labels().getOrDefault("pod", "");
        List<Alarm> alarms = new ArrayList<>();
        for (Double limit : limits(threshold).values()) {
            alarms.add(new Alarm(
                    span, limit, threshold.below(), threshold.lasting().toMillis(), pod));
        }
        return new Watched(span, threshold.below(), pod, alarms);
    }

    private static Map<String, Double> limits(Threshold threshold) {
        Map<String, Double> limits = new LinkedHashMap<>();
        if (threshold.warning() != null) {
            limits.put("warning", threshold.warning());
        }
        if (threshold.critical() != null) {
            limits.put("critical", threshold.critical());
        }
        return limits;
    }

    private static List<Outcome> outcomes(Threshold threshold, List<Watched> all) {
        List<Outcome> outcomes = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, Double> limit : limits(threshold).entrySet()) {
            List<Firing> firings = new ArrayList<>();
            int shorter = 0;
            for (Watched watched : all) {
                firings.addAll(watched.alarm(number).firings());
                shorter += watched.alarm(number).shorter();
            }
            firings.sort(Comparator.comparing(Firing::from).thenComparing(Firing::pod));
            Duration lasting = firings.stream()
                    .map(firing -> Duration.between(firing.from(), firing.until()))
                    .reduce(Duration.ZERO, Duration::plus);
            outcomes.add(new Outcome(
                    limit.getKey(),
                    limit.getValue(),
                    firings.size(),
                    lasting,
                    shorter,
                    firings.subList(Math.max(0, firings.size() - MOST_FIRINGS), firings.size())));
            number++;
        }
        return outcomes;
    }

    private static List<Stretch> stretches(Span span, byte[] known, int wanted) {
        List<Stretch> stretches = new ArrayList<>();
        int from = -1;
        for (int moment = span.index(span.since()); moment <= known.length; moment++) {
            boolean in = moment < known.length && known[moment] == wanted;
            if (in && from < 0) {
                from = moment;
            } else if (!in && from >= 0) {
                stretches.add(new Stretch(span.at(from), span.at(moment - 1)));
                from = -1;
            }
        }
        return stretches;
    }

    private static List<Chart.Line> lines(Map<Map<String, String>, Watched> all) {
        return all.values().stream()
                .sorted(Comparator.comparingDouble(Watched::farthest).reversed())
                .limit(MOST_LINES)
                .map(Watched::line)
                .filter(line -> !line.samples().isEmpty())
                .sorted(Comparator.comparing(Chart.Line::pod))
                .toList();
    }
}
