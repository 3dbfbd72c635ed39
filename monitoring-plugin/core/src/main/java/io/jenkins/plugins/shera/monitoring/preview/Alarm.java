package io.jenkins.plugins.shera.monitoring.preview;

import java.util.ArrayList;
import java.util.List;

/**
 * One alert of one series, worked out as Prometheus does: beyond the limit it is pending, pending for long enough it fires, and one
 * moment within the limit, without a value or with NaN ends it.
 */
final class Alarm {

    private static final int NEVER = -1;

    private final Span span;
    private final double limit;
    private final boolean below;
    private final long waitingMillis;
    private final String pod;
    private final List<Firing> firings = new ArrayList<>();
    private int shorter;
    private int beyondFrom = NEVER;
    private int firingFrom = NEVER;
    private double worst;

    Alarm(Span span, double limit, boolean below, long waitingMillis, String pod) {
        this.span = span;
        this.limit = limit;
        this.below = below;
        this.waitingMillis = waitingMillis;
        this.pod = pod;
    }

    /** A value; moments come in order. */
    void see(int moment, double value) {
        // NaN is neither more nor less than anything.
        if (below ? !(value < limit) : !(value > limit)) {
            end(moment);
            return;
        }
        if (beyondFrom == NEVER) {
            beyondFrom = moment;
            worst = value;
        }
        worst = below ? Math.min(worst, value) : Math.max(worst, value);
        if (firingFrom == NEVER && (moment - beyondFrom) * span.step().toMillis() >= waitingMillis) {
            firingFrom = moment;
        }
    }

    /** From this moment on it is within the limit, or there is no value. */
    void end(int moment) {
        close(moment, false);
    }

    /** The preview ends with a value beyond the limit at this moment. */
    void stop(int last) {
        close(last, true);
    }

    private void close(int moment, boolean ongoing) {
        int first = span.index(span.since());
        if (firingFrom != NEVER && moment >= first) {
            firings.add(new Firing(pod, span.at(Math.max(first, firingFrom)), span.at(moment), ongoing, worst));
        } else if (firingFrom == NEVER && beyondFrom != NEVER && moment > first && !ongoing) {
            shorter++;
        }
        beyondFrom = NEVER;
        firingFrom = NEVER;
    }

    List<Firing> firings() {
        return firings;
    }

    /** How often the value was beyond the limit, but not for long enough. */
    int shorter() {
        return shorter;
    }
}
