package io.jenkins.plugins.shera.monitoring.preview;

import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One series on its way through time: its alerts, and what of it is drawn. */
final class Watched {

    private final Span span;
    private final boolean below;
    private final String pod;
    private final List<Alarm> alarms;
    private final double[] points;
    private int last = -1;

    Watched(Span span, boolean below, String pod, List<Alarm> alarms) {
        this.span = span;
        this.below = below;
        this.pod = pod;
        this.alarms = alarms;
        this.points = new double[(span.moments() - span.index(span.since())) / span.perPoint() + 1];
        Arrays.fill(points, Double.NaN);
    }

    void see(int moment, double value) {
        if (moment > last + 1) {
            endAt(last + 1);
        }
        last = moment;
        alarms.forEach(alarm -> alarm.see(moment, value));
        int told = moment - span.index(span.since());
        if (told >= 0 && Double.isFinite(value)) {
            int point = told / span.perPoint();
            double before = points[point];
            // A short peak must be seen in the drawing, too.
            points[point] = Double.isNaN(before) || (below ? value < before : value > before) ? value : before;
        }
    }

    void stop() {
        if (last == span.moments() - 1) {
            alarms.forEach(alarm -> alarm.stop(last));
        } else {
            endAt(last + 1);
        }
    }

    private void endAt(int moment) {
        alarms.forEach(alarm -> alarm.end(moment));
    }

    Alarm alarm(int number) {
        return alarms.get(number);
    }

    /** The value of each point that is farthest towards the limit; nothing where nothing was measured. */
    Chart.Line line() {
        List<Series.Sample> samples = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            if (!Double.isNaN(points[i])) {
                samples.add(new Series.Sample(
                        span.since().plus(span.drawn().multipliedBy(i)).getEpochSecond(), points[i]));
            }
        }
        return new Chart.Line(pod, samples);
    }

    double farthest() {
        return Arrays.stream(points)
                .filter(value -> !Double.isNaN(value))
                .map(value -> below ? -value : value)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
