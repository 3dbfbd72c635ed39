package io.jenkins.plugins.shera.monitoring.news;

/**
 * What became of the last news for a receiver.
 *
 * @param result {@code delivered}, {@code failing} or {@code lost}; empty when there was none yet
 * @param why what kept it, without any secret
 * @param title of the news
 */
public record ReceiverState(String result, String why, String title, long atMillis) {

    /** It took it. */
    public static final String DELIVERED = "delivered";

    /** It is tried again. */
    public static final String FAILING = "failing";

    /** It was given up. */
    public static final String LOST = "lost";

    /** Nothing was ever told. */
    public static final ReceiverState NONE = new ReceiverState("", "", "", 0);
}
