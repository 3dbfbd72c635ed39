package io.jenkins.plugins.shera.kube.connection;

import java.time.Duration;

/**
 * How long a cluster may keep us waiting.
 *
 * @param connect until the TCP and TLS handshakes are done
 * @param request one request, from first byte sent to last byte read: a connection that went silent ends here
 * @param total one call with all its retries and all the waiting a server's {@code Retry-After} asked for
 */
public record TimeLimits(Duration connect, Duration request, Duration total) {

    /** For work in the background: 5 s, 15 s, 45 s. */
    public static final TimeLimits STANDARD =
            new TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(45));

    /** For somebody who looks at a form: 3 s, 5 s, 5 s, so at most one try. */
    public static final TimeLimits INTERACTIVE =
            new TimeLimits(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(5));
}
