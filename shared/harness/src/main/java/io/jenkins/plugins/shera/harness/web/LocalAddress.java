package io.jenkins.plugins.shera.harness.web;

/** Keeps a redirect on this server. */
final class LocalAddress {
    private LocalAddress() {}

    /** The address if it is a path on this server, else an empty text. */
    static String within(String address) {
        if (address == null || !address.startsWith("/") || address.startsWith("//") || address.startsWith("/\\")) {
            return "";
        }
        return address.chars().anyMatch(c -> c < ' ' || c == '\\') ? "" : address;
    }
}
