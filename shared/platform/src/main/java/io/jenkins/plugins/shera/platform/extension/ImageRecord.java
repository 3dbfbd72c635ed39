package io.jenkins.plugins.shera.platform.extension;

import java.time.Instant;

/**
 * One thing known of an image.
 *
 * @param title short, in the language of the request
 * @param url where more is told, a path below the root URL or absolute; empty when nowhere
 */
public record ImageRecord(Kind kind, Instant at, String title, String detail, String url) {

    /** What sort of knowledge it is. */
    public enum Kind {
        QUALITY,
        ORIGIN,
        HAND_MADE,
        IN_USE
    }
}
