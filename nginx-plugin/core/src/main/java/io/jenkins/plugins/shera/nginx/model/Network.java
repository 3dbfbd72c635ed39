package io.jenkins.plugins.shera.nginx.model;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address, or a network as {@code 10.0.0.0/8} or {@code fd00::/8}. */
final class Network {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern TEXT =
            Pattern.compile("(?:(" + OCTET + "(?:\\." + OCTET + "){3})|([0-9a-fA-F:]{2,39}))(?:/(\\d{1,3}))?");

    private Network() {}

    /** Refuses what nginx would not read as written, bits beyond the prefix among it. */
    static void check(String text) throws InvalidRouteException {
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            throw refused(text);
        }
        byte[] bytes;
        try {
            // In brackets it is taken for a literal alone, and never asked of DNS.
            bytes = InetAddress.getByName(parts.group(1) == null ? "[" + parts.group(2) + "]" : parts.group(1))
                    .getAddress();
        } catch (UnknownHostException e) {
            throw refused(text);
        }
        int bits = bytes.length * Byte.SIZE;
        int prefix = parts.group(3) == null ? bits : Integer.parseInt(parts.group(3));
        if (prefix > bits) {
            throw refused(text);
        }
        BigInteger beyond = new BigInteger(1, bytes)
                .and(BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE));
        if (beyond.signum() != 0) {
            throw new InvalidRouteException("'" + text + "' has bits set beyond its prefix, so it is not clear what is "
                    + "meant. Write the first address of the network, or leave the prefix out.");
        }
    }

    private static InvalidRouteException refused(String text) {
        return new InvalidRouteException(
                "'" + text + "' is not an IP address or network: give such as 10.1.2.3, 10.0.0.0/8 or fd00::/8.");
    }
}
