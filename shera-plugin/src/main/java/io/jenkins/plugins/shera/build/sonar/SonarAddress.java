package io.jenkins.plugins.shera.build.sonar;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.net.URI;
import java.util.Locale;

/** Addresses of SonarQube servers. */
public final class SonarAddress {
    private SonarAddress() {}

    /** The address without slashes at its end; refused unless it is plain http or https without user, query or fragment. */
    public static String check(String url) {
        String text = url == null ? "" : url.strip().replaceAll("/+$", "");
        try {
            URI uri = URI.create(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw refused(url, e);
        }
        throw refused(url, null);
    }

    private static IllegalArgumentException refused(String url, Exception cause) {
        return new IllegalArgumentException(
                Quoted.of(url)
                        + " is not the address of a SonarQube: give it like https://sonar.example.com, without user"
                        + " and query.",
                cause);
    }

    /** Whether two addresses are the same server. */
    public static boolean same(String one, String other) {
        return normal(one).equals(normal(other));
    }

    private static String normal(String url) {
        try {
            URI uri = URI.create(check(url));
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
            return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port + uri.getRawPath();
        } catch (IllegalArgumentException e) {
            return "?" + url;
        }
    }
}
