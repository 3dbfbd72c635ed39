package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that one tenant has set about who is told of its alerts.
 *
 * @param version counts up with every change
 */
public record NoticeBook(long version, List<Receiver> receivers, List<NoticeRoute> routes, Timing timing)
        implements Serializable {

    private static final int MOST = 100;

    /** Refuses what does not fit together. */
    @JsonCreator
    public NoticeBook {
        timing = timing == null ? Timing.usual() : timing;
        receivers = receivers == null ? List.of() : List.copyOf(receivers);
        routes = routes == null ? List.of() : List.copyOf(routes);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < receivers.size(); i++) {
            if (!names.add(receivers.get(i).name())) {
                throw new InvalidThresholdException(
                        "receivers[" + i + "].name", "two receivers have this name", "Give each a name of its own.");
            }
        }
        for (int i = 0; i < routes.size(); i++) {
            if (!names.contains(routes.get(i).receiver())) {
                throw new InvalidThresholdException(
                        "routes[" + i + "].receiver", "there is no such receiver", "Name one of the receivers.");
            }
        }
        if (receivers.size() > MOST || routes.size() > MOST) {
            throw new InvalidThresholdException("receivers", "that is too much", "At most " + MOST + " of each.");
        }
    }

    /** One with the usual timing. */
    public NoticeBook(long version, List<Receiver> receivers, List<NoticeRoute> routes) {
        this(version, receivers, routes, Timing.usual());
    }

    /** Nothing set yet. */
    public static NoticeBook empty() {
        return new NoticeBook(0, List.of(), List.of());
    }

    /** The same with another version. */
    public NoticeBook numbered(long other) {
        return new NoticeBook(other, receivers, routes, timing);
    }
}
