package io.jenkins.plugins.shera.nginx.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;

/**
 * How much a client may ask for, and for how long nginx waits; 0 for what nginx does by itself.
 *
 * @param bodyBytes of a request
 * @param requestsPerSecond of one client address
 * @param burst requests above that rate which are let through before any is refused
 * @param connections at a time of one client address
 * @param bytesPerSecond of one answer
 * @param connectSeconds until the application takes a connection
 * @param readSeconds between two reads from the application
 * @param sendSeconds between two writes to it, and between two reads of a request's body
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record RouteLimits(
        long bodyBytes,
        int requestsPerSecond,
        int burst,
        int connections,
        long bytesPerSecond,
        int connectSeconds,
        int readSeconds,
        int sendSeconds)
        implements Serializable {
    private static final long MOST_BYTES = 1L << 40;
    private static final int MOST = 1_000_000;
    private static final int LONGEST_CONNECT = 75;
    private static final int LONGEST = 86_400;

    /** Everything as nginx does it by itself. */
    public static final RouteLimits NONE = new RouteLimits(0, 0, 0, 0, 0, 0, 0, 0);

    /** Refuses what is out of range, or means nothing. */
    public RouteLimits check() throws InvalidRouteException {
        range("size of a request's body", bodyBytes, MOST_BYTES);
        range("number of requests per second", requestsPerSecond, MOST);
        range("burst", burst, MOST);
        range("number of connections", connections, MOST);
        range("rate of an answer", bytesPerSecond, MOST_BYTES);
        range("time to connect (s)", connectSeconds, LONGEST_CONNECT);
        range("time to read (s)", readSeconds, LONGEST);
        range("time to send (s)", sendSeconds, LONGEST);
        if (burst > 0 && requestsPerSecond == 0) {
            throw new InvalidRouteException(
                    "A burst of " + burst + " has no rate that it exceeds. Give requestsPerSecond, too.");
        }
        return this;
    }

    private static void range(String what, long value, long most) throws InvalidRouteException {
        if (value < 0 || value > most) {
            throw new InvalidRouteException("The " + what + " " + value + " is not between 0 and " + most + ".");
        }
    }

    /** Whether nothing is limited. */
    @JsonIgnore
    public boolean isNone() {
        return equals(NONE);
    }
}
