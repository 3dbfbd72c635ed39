package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who packaged what, as the image's labels will say.
 *
 * @param source namespace, pod and container, e.g. {@code shop-dev/shop-5d8f/shop}
 * @param user id of the person
 * @param time when
 * @param sessions ids of the recorded terminal sessions in which it was done; empty where none was recorded
 */
public record Hand(String source, String user, Instant time, List<String> sessions) {
    /** Namespace, pod and container the change was made in. */
    public static final String FROM = ImageLabels.HAND_MADE + ".from";

    /** Id of the person who packaged it. */
    public static final String BY = ImageLabels.HAND_MADE + ".by";

    /** When, in ISO 8601. */
    public static final String AT = ImageLabels.HAND_MADE + ".at";

    /** Ids of the recorded sessions, with commas between. */
    public static final String SESSIONS = ImageLabels.HAND_MADE + ".sessions";

    private static final int MOST_SESSIONS = 20;

    /** Where no session is known. */
    public Hand(String source, String user, Instant time) {
        this(source, user, time, List.of());
    }

    /** Keeps its own copy. */
    public Hand {
        sessions = List.copyOf(sessions);
    }

    /** The same, done in these sessions. */
    Hand in(List<String> ids) {
        return new Hand(source, user, time, ids.subList(0, Math.min(ids.size(), MOST_SESSIONS)));
    }

    /** The labels of the origin without ours, such as its quality, and with what is said of the hand. */
    Map<String, String> labels(Map<String, String> origin, Digest on) {
        Map<String, String> labels = new TreeMap<>(ImageLabels.withoutOurs(origin));
        labels.put(ImageLabels.HAND_MADE, "true");
        labels.put(ImageLabels.HAND_MADE_ON, on.toString());
        labels.put(FROM, source);
        labels.put(BY, user);
        labels.put(AT, time.truncatedTo(ChronoUnit.SECONDS).toString());
        if (!sessions.isEmpty()) {
            labels.put(SESSIONS, String.join(",", sessions));
        }
        return labels;
    }
}
