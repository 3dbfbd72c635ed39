package io.jenkins.plugins.shera.platform.connection;

import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Keeps connection tests away from addresses that are nobody's cluster or registry: link-local (metadata services), multicast, any. */
public final class Destination {

    private Destination() {}

    /** Refuses a host that is not known, or that resolves to a forbidden address. */
    public static void check(String where, String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
                    throw Refusal.input(where, Messages.Destination_forbidden(), Messages.Destination_forbidden_next());
                }
            }
        } catch (UnknownHostException e) {
            throw Refusal.input(where, Messages.Destination_unknown(), Messages.Destination_unknown_next());
        }
    }
}
