package io.jenkins.plugins.shera.platform.extension;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something people want to hear of a release of an application into an environment, or of several as one set.
 *
 * @param application its name; of a set, all names, for people
 * @param environment its name; of a set, all names, for people
 * @param release names the release; the same release says the same event once, however often it is told
 * @param image what is released, as a reference; what is switched where no image is released
 * @param actor user id, or the build that did it
 * @param why a verdict, a pod's reason, whom it waits for; may be empty
 * @param places what the set releases and where; empty for a single application
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
        Instant at,
        List<Place> places) {

    private static final int LONGEST = 500;

    /** An application in an environment. */
    public record Place(String application, String environment) {}

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
        places = List.copyOf(places);
        image = line(image);
        actor = line(actor);
        why = line(why);
    }

    /** News of one application. */
    public ReleaseNews(
            String tenant,
            String application,
            String environment,
            String release,
            Event event,
            String image,
            String actor,
            String why,
            Instant at) {
        this(tenant, application, environment, release, event, image, actor, why, at, List.of());
    }

    /** News of several applications that are released together. */
    public static ReleaseNews ofSet(
            String tenant,
            List<Place> places,
            String release,
            Event event,
            String image,
            String actor,
            String why,
            Instant at) {
        return new ReleaseNews(
                tenant,
                names(places, Place::application),
                names(places, Place::environment),
                release,
                event,
                image,
                actor,
                why,
                at,
                places);
    }

    private static String names(List<Place> places, Function<Place, String> part) {
        return places.stream().map(part).distinct().collect(Collectors.joining(", "));
    }

    /** Whether this application in this environment is released; an empty name is any. */
    public boolean concerns(String name, String where) {
        List<Place> all = places.isEmpty() ? List.of(new Place(application, environment)) : places;
        return all.stream()
                .anyMatch(each -> (name.isEmpty() || name.equals(each.application()))
                        && (where.isEmpty() || where.equals(each.environment())));
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
        if (!places.isEmpty()) {
            Place first = places.get(0);
            return "shera/tenant/" + tenant + "/application/" + first.application() + "/releases/set/"
                    + first.environment() + "/";
        }
        return "shera/tenant/" + tenant + "/application/" + application + "/releases/?environment=" + environment;
    }
}
