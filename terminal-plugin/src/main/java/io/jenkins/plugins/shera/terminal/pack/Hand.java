package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who packaged what, as the image's labels will say.
 *
 * @param source namespace, pod and container, e.g. {@code shop-dev/shop-5d8f/shop}
 * @param user id of the person
 * @param time when
 */
public record Hand(String source, String user, Instant time) {
    /** Namespace, pod and container the change was made in. */
    public static final String FROM = ImageLabels.HAND_MADE + ".from";

    /** Id of the person who packaged it. */
    public static final String BY = ImageLabels.HAND_MADE + ".by";

    /** When, in ISO 8601. */
    public static final String AT = ImageLabels.HAND_MADE + ".at";

    /** The labels of the origin without ours, such as its quality, and with what is said of the hand. */
    Map<String, String> labels(Map<String, String> origin, Digest on) {
        Map<String, String> labels = new TreeMap<>(ImageLabels.withoutOurs(origin));
        labels.put(ImageLabels.HAND_MADE, "true");
        labels.put(ImageLabels.HAND_MADE_ON, on.toString());
        labels.put(FROM, source);
        labels.put(BY, user);
        labels.put(AT, time.truncatedTo(ChronoUnit.SECONDS).toString());
        return labels;
    }
}
