package io.jenkins.plugins.shera.monitoring.preview;

import java.time.Instant;

/**
 * A stretch of time in which an alert would have fired.
 *
 * @param pod whose alert; empty for one of the application as a whole
 * @param from when it would have begun to fire, or the beginning of the preview
 * @param until when the value was within the limit again, or gone; the end of the preview while {@code ongoing}
 * @param worst the value farthest beyond the limit; may be infinite
 */
public record Firing(String pod, Instant from, Instant until, boolean ongoing, double worst) {}
