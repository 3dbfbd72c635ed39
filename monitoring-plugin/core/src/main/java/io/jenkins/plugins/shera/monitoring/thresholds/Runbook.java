package io.jenkins.plugins.shera.monitoring.thresholds;

import java.net.URI;
import java.net.URISyntaxException;

/** The address of a page that says what to do about an alert. */
public final class Runbook {

    /** The annotation that carries it, as everybody calls it. */
    public static final String ANNOTATION = "runbook_url";

    private static final int LONGEST = 500;

    private Runbook() {}

    /**
     * Whether people may be sent there: by http or https, to a host, with no password in it. A template of Prometheus is no address, so
     * that none can be smuggled into a rule.
     */
    public static boolean isAllowed(String address) {
        if (address.length() > LONGEST || !address.matches("(?i)https?://[\\x21-\\x7e]+")) {
            return false;
        }
        try {
            URI uri = new URI(address);
            return uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The address, or nothing for one that nobody may be sent to. */
    public static String orEmpty(String address) {
        return isAllowed(address) ? address : "";
    }
}
