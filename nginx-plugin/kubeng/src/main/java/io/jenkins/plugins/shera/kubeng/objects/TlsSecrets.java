package io.jenkins.plugins.shera.kubeng.objects;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.objects.RouteObject;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.InvalidCertificateException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Certificates in Secrets that objects name, read by name alone and never listed. The keys stay in memory; the shelf keeps those that
 * are shown. A Secret that cannot be read any more leaves its last good certificate. Usable from many threads.
 */
final class TlsSecrets {
    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    private static final String TYPE = "kubernetes.io/tls";
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final String PREFIX = "secret ";
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){0,3}");

    private final Function<String, Optional<ClusterClient>> clients;
    private final ObjectBook book;
    private final Map<String, byte[]> pairs = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final Map<String, Long> asked = new ConcurrentHashMap<>();
    private final Set<String> unread = ConcurrentHashMap.newKeySet();

    TlsSecrets(Function<String, Optional<ClusterClient>> clients, ObjectBook book) {
        this.clients = clients;
        this.book = book;
    }

    /**
     * The version last known.
     *
     * @param kept whether the node still has a certificate of that version
     */
    String version(String cluster, String namespace, String secret, Predicate<String> kept)
            throws InvalidRouteException {
        if (!NAME.matcher(secret).matches()) {
            throw new InvalidRouteException("'" + RouteObject.plain(secret) + "' is not the name of a Secret.");
        }
        String name = PREFIX + cluster + " " + namespace + " " + secret;
        String version = book.remembered(name);
        if (!version.isEmpty() && (pairs.containsKey(version) || kept.test(version))) {
            return version;
        }
        long now = System.nanoTime();
        Long before = asked.put(name, now);
        if (before == null || now - before > ASK_AGAIN.toNanos()) {
            unread.add(name);
        } else {
            asked.put(name, before);
        }
        throw new InvalidRouteException("The Secret " + RouteObject.plain(secret) + " gives no certificate: "
                + problems.getOrDefault(name, "it is being read") + ".");
    }

    /** Certificate and key as PEM. */
    Optional<byte[]> pem(String version) {
        return Optional.ofNullable(pairs.get(version)).map(byte[]::clone);
    }

    /** Reads all of them again that were ever found. */
    void again() {
        unread.addAll(book.rememberedOf(PREFIX).keySet());
        unread.addAll(problems.keySet());
    }

    /** Reads what is to be read; gives whether there is news. May take seconds. */
    boolean read() {
        boolean news = false;
        for (String name : new TreeSet<>(unread)) {
            String[] parts = name.split(" ", 4);
            String problem = "";
            try {
                CertificatePair pair = pair(parts[1], parts[2], parts[3]);
                pairs.put(pair.version(), (pair.chain() + pair.key()).getBytes(StandardCharsets.US_ASCII));
                news |= book.remember(name, pair.version());
            } catch (InvalidRouteException e) {
                problem = e.getMessage();
            }
            news |= !problem.equals(problems.put(name, problem));
            unread.remove(name);
        }
        pairs.keySet().retainAll(book.rememberedOf(PREFIX).values());
        return news;
    }

    private CertificatePair pair(String cluster, String namespace, String secret) throws InvalidRouteException {
        Optional<ClusterClient> client = clients.apply(cluster);
        if (client.isEmpty()) {
            throw new InvalidRouteException("this node has no access to the cluster " + cluster);
        }
        try {
            JsonNode found = client.get()
                    .api()
                    .find(new ObjectRef(SECRET, namespace, secret))
                    .orElseThrow(() -> new InvalidRouteException("there is none of that name in its namespace"));
            if (!TYPE.equals(found.path("type").asText())) {
                throw new InvalidRouteException("it is not of the type " + TYPE);
            }
            return CertificatePair.of(data(found, "tls.crt"), data(found, "tls.key"), Instant.now());
        } catch (KubeException | InvalidCertificateException e) {
            throw new InvalidRouteException(String.valueOf(e.getMessage()));
        }
    }

    private static String data(JsonNode secret, String field) throws InvalidRouteException {
        try {
            return new String(
                    Base64.getDecoder().decode(secret.path("data").path(field).asText("")), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            // Without its cause, which would tell of the text.
            throw new InvalidRouteException("its field " + field + " is not base 64");
        }
    }
}
