package io.jenkins.plugins.shera.nginx.figures;

import java.io.Serializable;
import java.util.List;

/** Requests by class of status and by time; not for several threads at once. */
public final class Tally implements Serializable {
    /** Upper bounds of times in seconds, but for the last, which has none. */
    public static final List<Double> BOUNDS = List.of(0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final long serialVersionUID = 1L;

    private final long[] byClass = new long[6];
    private final long[] byBound = new long[BOUNDS.size() + 1];
    private double seconds;

    /** What {@link #ofClass} and {@link #ofBound} told elsewhere; values that are missing, or below 0, count as 0. */
    static Tally of(List<Long> classes, List<Long> bounds, double seconds) {
        Tally tally = new Tally();
        for (int i = 0; i < Math.min(5, classes.size()); i++) {
            tally.byClass[i + 1] = Math.max(0, classes.get(i));
        }
        for (int i = 0; i < Math.min(tally.byBound.length, bounds.size()); i++) {
            tally.byBound[i] = Math.max(0, bounds.get(i));
        }
        tally.seconds = Double.isFinite(seconds) ? Math.max(0, seconds) : 0;
        return tally;
    }

    /** Counts a request. */
    public void count(RequestLine line) {
        byClass[line.statusClass()]++;
        byBound[bound(line.seconds())]++;
        seconds += line.seconds();
    }

    /** Counts all that the other counted. */
    public void add(Tally other) {
        for (int i = 0; i < byClass.length; i++) {
            byClass[i] += other.byClass[i];
        }
        for (int i = 0; i < byBound.length; i++) {
            byBound[i] += other.byBound[i];
        }
        seconds += other.seconds;
    }

    private static int bound(double seconds) {
        int bound = 0;
        while (bound < BOUNDS.size() && seconds > BOUNDS.get(bound)) {
            bound++;
        }
        return bound;
    }

    /** All requests. */
    public long requests() {
        long sum = 0;
        for (long count : byClass) {
            sum += count;
        }
        return sum;
    }

    /** Those whose status began with this digit, 1 to 5. */
    public long ofClass(int digit) {
        return byClass[digit];
    }

    /** Those that took no longer than this bound, counted from 0; the last has no end. */
    public long within(int bound) {
        long below = 0;
        for (int i = 0; i <= bound; i++) {
            below += byBound[i];
        }
        return below;
    }

    /** Those that took longer than the bound before this one, and no longer than this one. */
    long ofBound(int bound) {
        return byBound[bound];
    }

    /** Time of all of them together. */
    public double seconds() {
        return seconds;
    }

    /** The least bound that this share of the requests kept to; infinite above the last, 0 where there were none. */
    public double quantile(double share) {
        long wanted = (long) Math.ceil(requests() * share);
        if (wanted == 0) {
            return 0;
        }
        for (int i = 0; i < BOUNDS.size(); i++) {
            if (within(i) >= wanted) {
                return BOUNDS.get(i);
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
