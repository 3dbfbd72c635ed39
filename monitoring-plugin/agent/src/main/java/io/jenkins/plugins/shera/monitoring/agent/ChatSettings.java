package io.jenkins.plugins.shera.monitoring.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where alerts come in that are for robots of chats, read from the properties file once; files of certificate, key and token are read
 * again.
 *
 * @param listen where it answers
 * @param certificate PEM file of the chain it shows, and {@code key} its PKCS#8 key; both null on a loopback address
 * @param folder its own, for nobody else
 * @param pushToken file of the secret by which robots are changed
 */
public record ChatSettings(InetSocketAddress listen, Path certificate, Path key, Path folder, Path pushToken) {

    /**
     * Reads the file.
     *
     * @throws IOException saying which setting is missing or wrong
     */
    public static ChatSettings read(Path file) throws IOException {
        Properties given = Settings.load(file);
        ChatSettings settings = new ChatSettings(
                Settings.address("chats.listen", Settings.text(given, "chats.listen", "127.0.0.1:8444")),
                Settings.path(given, "certificate", ""),
                Settings.path(given, "key", ""),
                Settings.path(given, "chats.folder", "/var/lib/shera-monitoring/chats"),
                Settings.path(given, "chats.pushToken", ""));
        if (settings.pushToken == null) {
            throw new IOException("The setting 'chats.pushToken' is missing in " + file
                    + ". Name a file with a secret of 24 characters or more, which Jenkins shows to change robots.");
        }
        boolean outside = !settings.listen.getAddress().isLoopbackAddress();
        if ((settings.certificate == null) != (settings.key == null) || outside && settings.certificate == null) {
            throw new IOException("The settings 'certificate' and 'key' are missing in " + file
                    + ", and secrets must not travel in the open. Name two PEM files; without them alerts for robots"
                    + " are taken on a loopback address alone.");
        }
        return settings;
    }
}
