package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.history.History;
import io.jenkins.plugins.shera.deploy.history.Revision;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.extension.ImageStanding;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What pages ask of an application's revisions: within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class HistoryDesk {

    private static final Logger LOGGER = Logger.getLogger(HistoryDesk.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(6);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 1000;
    private static final Map<String, Known> KNOWN = new ConcurrentHashMap<>();

    private record Known(String word, long until) {}

    private HistoryDesk() {}

    /** Newest first. */
    public static List<Revision> read(Subject subject) {
        return Schedules.get().within(LOOK, subject.application(), () -> {
            try (ClusterClient client = ClusterDesk.open(subject)) {
                return new History(client.api(), subject).read();
            } catch (KubeException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.HistoryDesk_unavailable(),
                        subject.environment(),
                        e.getMessage(),
                        "");
            }
        });
    }

    /** The word for what is known of an image's quality; asked of its registry every few minutes at most, {@code unknown} when it is away. */
    public static String quality(String tenant, String image) {
        String key = tenant + " " + image;
        long now = System.currentTimeMillis();
        Known known = KNOWN.get(key);
        if (known != null && known.until() > now) {
            return known.word();
        }
        if (KNOWN.size() > MOST_REMEMBERED) {
            KNOWN.clear();
        }
        String word = asked(tenant, image);
        KNOWN.put(key, new Known(word, now + FRESH.toMillis()));
        return word;
    }

    private static String asked(String tenant, String image) {
        if (!image.contains("@sha256:")) {
            return ImageStanding.UNKNOWN;
        }
        try {
            return Schedules.get().within(LOOK, image, () -> {
                try {
                    return ImageRecords.standingOf(tenant, image).word();
                } catch (IOException e) {
                    LOGGER.log(Level.FINE, "nothing is known of " + image, e);
                    return ImageStanding.UNKNOWN;
                }
            });
        } catch (Refusal e) {
            LOGGER.log(Level.FINE, "nothing is known of " + image, e);
            return ImageStanding.UNKNOWN;
        }
    }
}
