package io.jenkins.plugins.shera.deploy.storage;

import java.io.Serializable;
import java.util.regex.Pattern;

/** What is to become of a claim: larger, a snapshot of it, or a new one made of a snapshot. Checked when it is made. */
public final class VolumeOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}(Ki|Mi|Gi|Ti|k|M|G|T)");

    /** The three ways. */
    public enum Way {
        /** Larger. */
        GROW,
        /** A snapshot of it. */
        SNAPSHOT,
        /** The claim is new and made of a snapshot. */
        RESTORE
    }

    private final Way way;
    private final String claim;
    private final String value;

    private VolumeOrder(Way way, String claim, String value) {
        this.way = way;
        this.claim = claim;
        this.value = value;
    }

    /**
     * Makes an order of what somebody gave; exactly one of the last three, each may be null or empty.
     *
     * @param claim name of the claim; with {@code restore} of the new one
     * @param size the new size
     * @param snapshot name of the snapshot to take
     * @param restore name of the snapshot to make the claim of
     * @throws IllegalArgumentException naming the parameter and what to give instead
     */
    public static VolumeOrder of(String claim, String size, String snapshot, String restore) {
        name("claim", claim);
        int ways = given(size) + given(snapshot) + given(restore);
        if (ways != 1) {
            throw new IllegalArgumentException(
                    "Give one of: size (the claim grows), snapshot (the name of a new snapshot of it),"
                            + " restore (the snapshot that the claim, a new one, is made of).");
        }
        if (given(size) == 1) {
            if (!SIZE.matcher(size).matches()) {
                throw refused("size", size, "a whole number with its unit such as 10Gi");
            }
            return new VolumeOrder(Way.GROW, claim, size);
        }
        return given(snapshot) == 1
                ? new VolumeOrder(Way.SNAPSHOT, claim, name("snapshot", snapshot))
                : new VolumeOrder(Way.RESTORE, claim, name("restore", restore));
    }

    private static int given(String text) {
        return text == null || text.isEmpty() ? 0 : 1;
    }

    private static String name(String what, String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw refused(what, value, "lower case letters, digits and '-', at most 63");
        }
        return value;
    }

    private static IllegalArgumentException refused(String what, String value, String wanted) {
        String shown = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return new IllegalArgumentException("'" + (shown.length() > 80 ? shown.substring(0, 80) + "..." : shown)
                + "' cannot be the parameter " + what + ". Give " + wanted + ".");
    }

    /** Which of the three. */
    public Way way() {
        return way;
    }

    /** Name of the claim. */
    public String claim() {
        return claim;
    }

    /** The size, or the name of the snapshot. */
    public String value() {
        return value;
    }

    /** For people. */
    @Override
    public String toString() {
        return switch (way) {
            case GROW -> claim + " to " + value;
            case SNAPSHOT -> "snapshot " + value + " of " + claim;
            case RESTORE -> claim + " of snapshot " + value;
        };
    }
}
