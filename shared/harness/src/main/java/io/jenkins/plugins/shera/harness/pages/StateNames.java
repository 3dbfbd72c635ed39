package io.jenkins.plugins.shera.harness.pages;

import hudson.model.BallColor;
import java.util.Locale;

/** From the colours of builds to the names of their symbols. */
final class StateNames {
    private StateNames() {}

    static String of(BallColor color) {
        String still = color.noAnime().name().toLowerCase(Locale.ROOT);
        String name =
                switch (still) {
                    case "grey", "notbuilt" -> "nobuilt";
                    default -> still;
                };
        return color.isAnimated() ? name + "-anime" : name;
    }
}
