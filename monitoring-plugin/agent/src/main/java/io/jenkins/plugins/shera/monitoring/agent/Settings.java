package io.jenkins.plugins.shera.monitoring.agent;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an administrator of the node decides, read from a properties file once; certificate and key are read again when they change.
 *
 * @param listen where the agent answers
 * @param certificate PEM file of the chain it shows, and {@code key} its PKCS#8 key; both null on a loopback address
 * @param kubeconfig the agent's own login to the API server; null inside a pod, where the service account counts
 * @param serviceAccount folder of that service account
 * @param apiServer address of the API server as a pod sees it; empty with a kubeconfig
 * @param pods where the kubelet keeps logs
 * @param docker where docker keeps its containers' logs, which those of the kubelet may point to
 * @param readers how many reads there may be at once
 * @param readersPerUser how many of them may be one user's
 */
public record Settings(
        InetSocketAddress listen,
        Path certificate,
        Path key,
        Path kubeconfig,
        Path serviceAccount,
        String apiServer,
        Path pods,
        Path docker,
        int readers,
        int readersPerUser) {

    private static final Set<String> ROLES = Set.of("logs", "thresholds", "processes", "chats");

    /**
     * Reads the file.
     *
     * @param environment of the process; a pod finds its API server there
     * @throws IOException saying which setting is missing or wrong
     */
    public static Settings read(Path file, Map<String, String> environment) throws IOException {
        Properties given = load(file);
        InetSocketAddress listen = address("listen", text(given, "listen", "0.0.0.0:8441"));
        Path certificate = path(given, "certificate", "");
        Path key = path(given, "key", "");
        if ((certificate == null) != (key == null)
                || certificate == null && !listen.getAddress().isLoopbackAddress()) {
            throw new IOException("The settings 'certificate' and 'key' are missing in " + file
                    + ", and tokens of tenants must not travel in the open. Name two PEM files; without them the agent"
                    + " answers on a loopback address alone.");
        }
        Path kubeconfig = path(given, "kubeconfig", "");
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (kubeconfig == null && host.isEmpty()) {
            throw new IOException("The setting 'kubeconfig' is missing in " + file
                    + ", and this is no pod. Name the kubeconfig of an identity bound to system:auth-delegator.");
        }
        int readers = readers(given, "readers", "8");
        String literal = host.contains(":") ? "[" + host + "]" : host;
        String apiServer = kubeconfig == null
                ? "https://" + literal + ":" + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443")
                : "";
        return new Settings(
                listen,
                certificate,
                key,
                kubeconfig,
                path(given, "serviceAccount", "/var/run/secrets/kubernetes.io/serviceaccount"),
                apiServer,
                path(given, "pods", "/var/log/pods"),
                path(given, "docker", "/var/lib/docker/containers"),
                readers,
                Math.min(readers, readers(given, "readersPerUser", String.valueOf(Math.max(1, readers / 2)))));
    }

    static Properties load(Path file) throws IOException {
        Properties given = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            given.load(reader);
        }
        return given;
    }

    /** What this daemon is to do: some of {@code logs}, {@code thresholds}, {@code processes} and {@code chats}; the first unless the file says. */
    static Set<String> roles(Path file) throws IOException {
        String text = text(load(file), "roles", "logs");
        Set<String> roles = new TreeSet<>(List.of(text.split("[\\s,]+")));
        if (!ROLES.containsAll(roles)) {
            throw new IOException("The setting 'roles' in " + file + " is '" + text
                    + "'. Give some of logs, thresholds, processes and chats, with spaces between.");
        }
        return roles;
    }

    static String text(Properties given, String name, String usual) {
        String value = given.getProperty(name, "").strip();
        return value.isEmpty() ? usual : value;
    }

    static Path path(Properties given, String name, String usual) {
        String value = text(given, name, usual);
        return value.isEmpty() ? null : Path.of(value);
    }

    static InetSocketAddress address(String name, String text) throws IOException {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IOException("The setting '" + name + "' is '" + text
                    + "', which is no address. Give one such as 0.0.0.0:8441.");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 65_535) {
            throw new IOException("The setting '" + name + "' names port " + port + ". Ports end at 65535.");
        }
        return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon)), port);
    }

    private static int readers(Properties given, String name, String usual) throws IOException {
        String text = text(given, name, usual);
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1) {
            throw new IOException("The setting '" + name + "' is '" + text + "'. Give a number from 1 to 999.");
        }
        return Integer.parseInt(text);
    }
}
