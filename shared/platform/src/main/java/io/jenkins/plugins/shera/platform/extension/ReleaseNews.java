package io.jenkins.plugins.shera.platform.extension;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something people want to hear of a release of an application into an environment.
 *
 * @param release names the release; the same release says the same event once, however often it is told
 * @param image what is released, as a reference; what is switched where no image is released
 * @param actor user id, or the build that did it
 * @param why a verdict, a pod's reason, whom it waits for; may be empty
 */
public record ReleaseNews(
        String tenant,
        String application,
        String environment,
        String release,
        Event event,
        String image,
        String actor,
        String why,
        Instant at) {

    private static final int LONGEST = 500;

    /** What happened to a release. */
    public enum Event {
        /** It goes on when somebody says so. */
        WAITING("waiting"),
        /** It did not come through, and what served before serves. */
        FAILED("failed"),
        /** It was taken back: by a person, or by its own analysis. */
        WENT_BACK("wentBack"),
        /** The image serves. */
        FINISHED("finished");

        private final String id;

        Event(String id) {
            this.id = id;
        }

        /** As forms and REST spell it. */
        public String id() {
            return id;
        }

        /** The event spelled like this. */
        public static Optional<Event> of(String id) {
            return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
        }
    }

    /** Takes line breaks and what is too long out of what pods and people said. */
    public ReleaseNews {
        image = line(image);
        actor = line(actor);
        why = line(why);
    }

    private static String line(String text) {
        String plain =
                text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "\u2026" : plain;
    }

    /** The same for the same event of the same release. */
    public String key() {
        return String.join("/", tenant, application, environment, release, event.id());
    }

    /** Where the release is seen, below the root of Jenkins. */
    public String page() {
        return "shera/tenant/" + tenant + "/application/" + application + "/releases/?environment=" + environment;
    }
}
