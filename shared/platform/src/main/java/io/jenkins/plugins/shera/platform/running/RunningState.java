package io.jenkins.plugins.shera.platform.running;

import io.jenkins.plugins.shera.kube.rollout.Observation;
import io.jenkins.plugins.shera.kube.rollout.PodState;
import io.jenkins.plugins.shera.kube.rollout.RolloutJudge;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * One application in one environment at one moment.
 *
 * @param image as the Deployment names it, empty when there is none
 * @param why what keeps it from being healthy, in the cluster's words; empty when nothing does
 * @param ready pods of the wanted revision that serve, null when not known
 * @param desired pods asked for, null when not known
 * @param restarts of all its containers together, null when not known
 */
public record RunningState(Word word, String image, String why, Integer ready, Integer desired, Integer restarts) {

    /** The words of docs/rest.md that can be read off a Deployment. */
    public enum Word {
        PROGRESSING("Progressing"),
        HEALTHY("Healthy"),
        DEGRADED("Degraded"),
        /** Nothing is deployed. */
        ABSENT("Absent"),
        /** The cluster did not tell. */
        UNKNOWN("Unknown");

        private final String text;

        Word(String text) {
            this.text = text;
        }

        /** As reads give it. */
        public String text() {
            return text;
        }
    }

    /** What an observation of its Deployment means. */
    public static RunningState of(Observation seen) {
        return of(seen, state -> state);
    }

    /** The same where more is read of a state that something is wrong with. */
    public static RunningState of(Observation seen, UnaryOperator<RolloutState> more) {
        if (!seen.deployment().isObject()) {
            return new RunningState(Word.ABSENT, "", "", null, null, null);
        }
        RolloutState state = more.apply(RolloutJudge.judge(seen, Instant.MAX));
        Word word =
                switch (state.phase()) {
                    case PROGRESSING -> Word.PROGRESSING;
                    case COMPLETE -> Word.HEALTHY;
                    case FAILED -> Word.DEGRADED;
                };
        String why = state.trouble() == null ? "" : state.trouble().message();
        int restarts = state.pods().stream().mapToInt(PodState::restarts).sum();
        return new RunningState(word, state.image(), why, state.available(), state.desired(), restarts);
    }

    /** Not known, and why. */
    public static RunningState unknown(String why) {
        return new RunningState(Word.UNKNOWN, "", why, null, null, null);
    }

    /** The digest the image is pinned by, empty when it is only a tag. */
    public String digest() {
        int at = image.indexOf('@');
        return at < 0 ? "" : image.substring(at + 1);
    }
}
