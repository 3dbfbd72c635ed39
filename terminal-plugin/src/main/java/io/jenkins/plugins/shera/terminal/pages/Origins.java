package io.jenkins.plugins.shera.terminal.pages;

import java.net.URI;
import java.util.Locale;

/** Whether a page of this very Jenkins asks: browsers send cookies with a WebSocket whatever page opens it (CWE-1385). */
final class Origins {

    private Origins() {}

    /**
     * Whether the origin is that of the address the browser used or of the configured root URL.
     *
     * @param origin header {@code Origin}, null when absent, which is refused
     * @param host header {@code Host}
     * @param rootUrl of Jenkins, null while none is configured
     */
    static boolean isOwn(String origin, String host, String rootUrl) {
        if (origin == null || host == null) {
            return false;
        }
        String asked = origin.toLowerCase(Locale.ROOT);
        String served = host.toLowerCase(Locale.ROOT);
        return asked.equals("http://" + served) || asked.equals("https://" + served) || asked.equals(originOf(rootUrl));
    }

    private static String originOf(String rootUrl) {
        if (rootUrl == null) {
            return null;
        }
        try {
            URI uri = URI.create(rootUrl);
            return (uri.getScheme() + "://" + uri.getAuthority()).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
