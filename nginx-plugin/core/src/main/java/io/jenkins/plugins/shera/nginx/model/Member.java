package io.jenkins.plugins.shera.nginx.model;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * One server of an upstream.
 *
 * @param address IPv4 or IPv6 address, without brackets
 * @param weight share of requests relative to the other members, 1 to 100
 */
public record Member(String address, int port, int weight) implements Serializable {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]{2,39}");

    /** Refuses host names: nginx would resolve them at reload, and not start while DNS is down. */
    public static Member of(String address, int port, int weight) throws InvalidRouteException {
        boolean v6 = address != null
                && address.indexOf(':') >= 0
                && IPV6.matcher(address).matches();
        if (address == null || !v6 && !IPV4.matcher(address).matches()) {
            throw new InvalidRouteException(
                    "'" + address + "' is not an IP address; give an address such as 10.96.3.7.");
        }
        if (port < 1 || port > 65535) {
            throw new InvalidRouteException("Port " + port + " of member " + address + " is not between 1 and 65535.");
        }
        if (weight < 1 || weight > 100) {
            throw new InvalidRouteException(
                    "Weight " + weight + " of member " + address + " is not between 1 and 100.");
        }
        return new Member(address, port, weight);
    }

    /** As nginx writes it, an IPv6 address in brackets. */
    public String authority() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }
}
