package io.jenkins.plugins.shera.kubeng;

import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kubeng.figures.FigureSettings;
import io.jenkins.plugins.shera.kubeng.jenkins.JenkinsAccess;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an administrator of the node decides, read from a properties file once.
 *
 * @param cluster id of the nginx cluster
 * @param intent folder where the signed documents arrive
 * @param state folder of the daemon's own files
 * @param keys public keys by which documents may be signed
 * @param kubernetes access to each Kubernetes cluster by id
 * @param interval shortest time between two reloads of one kind
 * @param relist how often everything is listed again beside the running watches
 * @param jenkins where documents are asked for; null when they come by file alone
 * @param figures what Prometheus may fetch; null where nothing listens
 * @param lua whether addresses change without reload where nginx has its Lua module
 */
public record Settings(
        String cluster,
        Path intent,
        Path state,
        NginxInstallation nginx,
        List<PublicKey> keys,
        Map<String, ClusterAccess> kubernetes,
        Duration interval,
        Duration relist,
        JenkinsAccess jenkins,
        FigureSettings figures,
        boolean lua) {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final String KUBERNETES = "kubernetes.";

    /**
     * Reads the file and those that it names.
     *
     * @throws IOException saying which setting is missing or wrong
     */
    public static Settings read(Path file) throws IOException {
        Properties given = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            given.load(reader);
        }
        Map<String, ClusterAccess> kubernetes = new HashMap<>();
        for (String name : given.stringPropertyNames()) {
            if (name.startsWith(KUBERNETES)) {
                kubernetes.put(name.substring(KUBERNETES.length()), access(name, Path.of(given.getProperty(name))));
            }
        }
        Path nginx = Path.of(given.getProperty("nginx.config", "/etc/nginx/nginx.conf"));
        return new Settings(
                required(given, "cluster", file),
                Path.of(given.getProperty("intent", "/var/lib/kubeng/intent")),
                Path.of(given.getProperty("state", "/var/lib/kubeng/state")),
                new NginxInstallation(
                        Path.of(given.getProperty("nginx.binary", "/usr/sbin/nginx")),
                        nginx,
                        Path.of(given.getProperty("nginx.folder", "/etc/nginx/shera")),
                        number(given, "nginx.versionPort", 18088),
                        number(given, "nginx.streamPort", 0)),
                keys(Path.of(required(given, "keys", file))),
                kubernetes,
                Duration.ofMillis(number(given, "reload.intervalMillis", 1000)),
                Duration.ofSeconds(number(given, "relistSeconds", 300)),
                jenkins(given, file),
                FigureSettings.of(
                        optional(given, "metrics.listen"),
                        optional(given, "metrics.status"),
                        optional(given, "metrics.log")),
                lua(given));
    }

    private static boolean lua(Properties given) throws IOException {
        String text = given.getProperty("nginx.lua", "auto").strip();
        if (!text.equals("auto") && !text.equals("off")) {
            throw new IOException("The setting 'nginx.lua' is '" + text + "'. Give auto, to change addresses without"
                    + " reload where nginx has its Lua module, or off.");
        }
        return text.equals("auto");
    }

    private static JenkinsAccess jenkins(Properties given, Path file) throws IOException {
        String url = given.getProperty("jenkins", "").strip();
        if (url.isEmpty()) {
            return null;
        }
        String authority = given.getProperty("jenkins.ca", "").strip();
        return JenkinsAccess.of(
                url,
                required(given, "node", file),
                Path.of(given.getProperty("jenkins.token", "/etc/kubeng/token")),
                authority.isEmpty() ? null : Path.of(authority));
    }

    private static String optional(Properties given, String name) {
        return given.getProperty(name, "").strip();
    }

    private static String required(Properties given, String name, Path file) throws IOException {
        String value = given.getProperty(name, "").strip();
        if (value.isEmpty()) {
            throw new IOException("The setting '" + name + "' is missing in " + file + ". Add a line " + name + "=...");
        }
        return value;
    }

    private static int number(Properties given, String name, int usual) throws IOException {
        String text = given.getProperty(name, String.valueOf(usual)).strip();
        if (!text.matches("[0-9]{1,8}")) {
            throw new IOException("The setting '" + name + "' is '" + text + "', which is not a number. Give digits.");
        }
        return Integer.parseInt(text);
    }

    private static ClusterAccess access(String name, Path kubeconfig) throws IOException {
        try {
            return Kubeconfig.parse(Files.readString(kubeconfig), null, false);
        } catch (IllegalArgumentException e) {
            throw new IOException("The setting '" + name + "' names " + kubeconfig + ": " + e.getMessage(), e);
        }
    }

    private static List<PublicKey> keys(Path file) throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        Matcher matcher = PEM.matcher(Files.readString(file));
        while (matcher.find()) {
            keys.add(key(Base64.getMimeDecoder().decode(matcher.group(1)), file));
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " holds no public key. Put the public key of Jenkins there, as PEM.");
        }
        return keys;
    }

    private static PublicKey key(byte[] encoded, Path file) throws IOException {
        for (String algorithm : List.of("Ed25519", "EC", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                // It is a key of another kind, or of none.
            }
        }
        throw new IOException("A public key in " + file + " is neither Ed25519, nor elliptic (EC), nor RSA.");
    }
}
