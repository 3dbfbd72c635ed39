package io.jenkins.plugins.shera.monitoring.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where the counts of this node's processes come from and are served, read from the properties file once; files of certificate, key and
 * token are read again.
 *
 * @param listen where it answers
 * @param certificate PEM file of the chain it shows, and {@code key} its PKCS#8 key; both null on a loopback address
 * @param scrapeToken file of the secret by which the metric is read; null on a loopback address
 * @param proc the node's own
 * @param containers where the kubelet links the logs of containers, by whose names they are known
 */
public record ProcessSettings(
        InetSocketAddress listen, Path certificate, Path key, Path scrapeToken, Path proc, Path containers) {

    /**
     * Reads the file.
     *
     * @throws IOException saying which setting is missing or wrong
     */
    public static ProcessSettings read(Path file) throws IOException {
        Properties given = Settings.load(file);
        ProcessSettings settings = new ProcessSettings(
                Settings.address("processes.listen", Settings.text(given, "processes.listen", "0.0.0.0:8443")),
                Settings.path(given, "certificate", ""),
                Settings.path(given, "key", ""),
                Settings.path(given, "processes.scrapeToken", ""),
                Settings.path(given, "processes.proc", "/proc"),
                Settings.path(given, "processes.containers", "/var/log/containers"));
        boolean outside = !settings.listen.getAddress().isLoopbackAddress();
        if ((settings.certificate == null) != (settings.key == null) || outside && settings.certificate == null) {
            throw new IOException("The settings 'certificate' and 'key' are missing in " + file
                    + ", and secrets must not travel in the open. Name two PEM files; without them processes are counted"
                    + " on a loopback address alone.");
        }
        if (outside && settings.scrapeToken == null) {
            throw new IOException("The setting 'processes.scrapeToken' is missing in " + file
                    + ": the metric names pods of every tenant. Name a file with a secret of 24 characters or more, which"
                    + " Prometheus shows (authorization: {credentials_file: ...}).");
        }
        return settings;
    }
}
