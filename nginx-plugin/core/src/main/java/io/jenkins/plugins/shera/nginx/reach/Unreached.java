package io.jenkins.plugins.shera.nginx.reach;

import java.io.Serializable;

/**
 * A member that a node does not reach.
 *
 * @param owner of the route or the stream that names it
 * @param address with its port, as nginx writes it
 */
public record Unreached(String owner, String address, Why why) implements Serializable {
    /** What a TCP connection ended with. */
    public enum Why {
        /** Nobody listens there. */
        REFUSED,
        /** No answer within a second. */
        SILENT,
        /** There is no way there. */
        NO_WAY
    }
}
