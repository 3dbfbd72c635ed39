package hudson.model;

import java.util.Locale;

/** The colours a build can have. */
public enum BallColor {
    RED,
    RED_ANIME,
    YELLOW,
    YELLOW_ANIME,
    BLUE,
    BLUE_ANIME,
    GREY,
    GREY_ANIME,
    DISABLED,
    DISABLED_ANIME,
    ABORTED,
    ABORTED_ANIME,
    NOTBUILT,
    NOTBUILT_ANIME;

    /** Whether the colour is the moving one of a running build. */
    public boolean isAnimated() {
        return name().endsWith("_ANIME");
    }

    /** The moving twin. */
    public BallColor anime() {
        return isAnimated() ? this : valueOf(name() + "_ANIME");
    }

    /** The still twin. */
    public BallColor noAnime() {
        return isAnimated() ? valueOf(name().substring(0, name().length() - 6)) : this;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ENGLISH);
    }
}
