package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.release.SetMachine;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews.Event;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells people where a release set stands, once for the set and not once for each of its members. */
final class SetNews {

    private final SetPlan set;
    private final String actor;
    private String told = "";

    SetNews(SetPlan set, String actor) {
        this.set = set;
        this.actor = actor;
    }

    /**
     * Tells what this means to people, unless that was the last thing told.
     *
     * @param attempt how often the set was begun again
     * @param undone whether it goes back from a set that was released
     */
    void seen(SetMachine.Outcome outcome, String why, int attempt, boolean undone) {
        Optional<Event> event =
                switch (outcome) {
                    case WAITING, DEGRADED -> Optional.of(Event.WAITING);
                    case RELEASED -> Optional.of(Event.FINISHED);
                    case BACK -> Optional.of(Event.WENT_BACK);
                    case MOVING -> Optional.empty();
                };
        String part = event.isEmpty() || event.get() != Event.WAITING
                ? undone ? "/undo" : ""
                : "/" + Integer.toHexString(why.hashCode());
        event.ifPresent(each -> tell(each, why, (attempt == 0 ? "" : "." + attempt) + part));
    }

    /** It did not even begin. */
    void notBegun(String why) {
        tell(Event.FAILED, why, "");
    }

    private void tell(Event event, String why, String part) {
        String release = set.id() + part;
        String key = release + event.id();
        if (key.equals(told)) {
            return;
        }
        told = key;
        SetPlan.Part first = set.parts().get(0);
        List<ReleaseNews.Place> places = set.parts().stream()
                .map(each -> new ReleaseNews.Place(
                        each.subject().application(), each.subject().environment()))
                .toList();
        List<String> images =
                set.parts().stream().map(SetPlan.Part::image).distinct().toList();
        ReleaseNotifier.tellAll(ReleaseNews.ofSet(
                first.subject().tenant(),
                places,
                release,
                event,
                String.join(", ", images),
                actor,
                why,
                Instant.now()));
    }
}
