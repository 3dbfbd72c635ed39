package io.jenkins.plugins.shera.monitoring.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where thresholds are kept and served, read from the properties file once; files of certificate, key and tokens are read again.
 *
 * @param listen where it answers
 * @param certificate PEM file of the chain it shows, and {@code key} its PKCS#8 key; both null on a loopback address
 * @param folder its own, for nobody else
 * @param pushToken file of the secret by which thresholds are changed
 * @param scrapeToken file of the secret by which the metric is read; null on a loopback address
 */
public record ThresholdSettings(
        InetSocketAddress listen, Path certificate, Path key, Path folder, Path pushToken, Path scrapeToken) {

    /**
     * Reads the file.
     *
     * @throws IOException saying which setting is missing or wrong
     */
    public static ThresholdSettings read(Path file) throws IOException {
        Properties given = Settings.load(file);
        String listen = Settings.text(given, "thresholds.listen", "0.0.0.0:8442");
        ThresholdSettings settings = new ThresholdSettings(
                Settings.address("thresholds.listen", listen),
                Settings.path(given, "certificate", ""),
                Settings.path(given, "key", ""),
                Settings.path(given, "thresholds.folder", "/var/lib/shera-monitoring/thresholds"),
                Settings.path(given, "thresholds.pushToken", ""),
                Settings.path(given, "thresholds.scrapeToken", ""));
        if (settings.pushToken == null) {
            throw new IOException(
                    "The setting 'thresholds.pushToken' is missing in " + file
                            + ". Name a file with a secret of 24 characters or more, which Jenkins shows to change thresholds.");
        }
        boolean outside = !settings.listen.getAddress().isLoopbackAddress();
        if ((settings.certificate == null) != (settings.key == null) || outside && settings.certificate == null) {
            throw new IOException("The settings 'certificate' and 'key' are missing in " + file
                    + ", and secrets must not travel in the open. Name two PEM files; without them thresholds are served"
                    + " on a loopback address alone.");
        }
        if (outside && settings.scrapeToken == null) {
            throw new IOException("The setting 'thresholds.scrapeToken' is missing in " + file
                    + ": the metric names every tenant. Name a file with a secret of 24 characters or more, which"
                    + " Prometheus shows (authorization: {credentials_file: ...}).");
        }
        return settings;
    }
}
