package io.jenkins.plugins.shera.platform.traffic;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which requests go to the canary: those that match, and a share of the rest.
 *
 * @param percent 0 to 100
 * @param matches in the order they are tried, before the share
 */
public record Traffic(int percent, List<Match> matches) {

    /** Everything goes to stable. */
    public static final Traffic NONE = new Traffic(0, List.of());

    /** Checks the share, keeps its own list. */
    public Traffic {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException(
                    "'" + percent + "' cannot be the weight of a canary. Give a number from 0 to 100.");
        }
        matches = List.copyOf(matches);
    }

    /** This share and no match. */
    public static Traffic of(int percent) {
        return new Traffic(percent, List.of());
    }

    /** Whether nothing reaches the canary. */
    public boolean isNone() {
        return percent == 0 && matches.isEmpty();
    }

    @Override
    public String toString() {
        return percent + " %"
                + (matches.isEmpty()
                        ? ""
                        : matches.stream().map(Match::toString).collect(Collectors.joining(", ", " and ", "")));
    }
}
