package io.jenkins.plugins.shera.oci.registry;

import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a registry is: the address we push to, and the one under which clusters pull, which may differ.
 *
 * <p>The push address is {@code host[:port]}, with {@code https://} or {@code http://} before it if it must be said, or
 * {@code oci:/a/folder} for image layouts on disk. The pull address is {@code host[:port]}; it stands in every reference we give.
 */
public final class RegistryAddress implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "oci:";

    private final String push;
    private final String pull;
    private final boolean insecure;
    private final String caCertificates;

    private RegistryAddress(String push, String pull, boolean insecure, String caCertificates) {
        this.push = push;
        this.pull = pull;
        this.insecure = insecure;
        this.caCertificates = caCertificates;
    }

    /**
     * Checks and takes an address.
     *
     * @param push where we push, see above
     * @param pull where clusters pull; empty for the push address
     * @param insecure whether plain http is agreed to; certificates are verified nevertheless
     * @param caCertificates PEM of further authorities to trust for this registry alone; empty for none
     */
    public static RegistryAddress of(String push, String pull, boolean insecure, String caCertificates) {
        String from = push == null ? "" : push.trim();
        String to = pull == null ? "" : pull.trim();
        String host = from;
        if (from.startsWith(FOLDER)) {
            if (!from.startsWith(FOLDER + "/") || from.contains("/../") || from.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        Quoted.of(push) + " is not a folder for images: give oci: and an absolute path.");
            }
            if (to.isEmpty()) {
                throw new IllegalArgumentException("A registry in a folder needs a pull address: the host:port that"
                        + " stands in the names of its images.");
            }
        } else {
            host = withoutScheme(from);
            ImageReference.checkDomain(host);
            if (from.toLowerCase(Locale.ROOT).startsWith("http://") && !insecure && !isLoopback(host)) {
                throw new IllegalArgumentException("The registry " + host + " is given with plain http: declare it"
                        + " insecure if its network can be trusted, or give it a certificate and use https.");
            }
        }
        String pullHost = to.isEmpty() ? host : ImageReference.checkDomain(withoutScheme(to));
        return new RegistryAddress(from, pullHost, insecure, caCertificates == null ? "" : caCertificates.trim());
    }

    /** A registry that is pushed to and pulled from at the same {@code host[:port]}, by https (http on loopback). */
    public static RegistryAddress of(String host) {
        return of(host, "", false, "");
    }

    private static String withoutScheme(String address) {
        String rest = address.replaceFirst("(?i)^https?://", "");
        return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    }

    static boolean isLoopback(String hostAndPort) {
        String host = hostAndPort.startsWith("[")
                ? hostAndPort.substring(1, Math.max(1, hostAndPort.indexOf(']')))
                : hostAndPort.split(":", 2)[0];
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("::1");
    }

    /** The folder of a registry on disk, if it is one. */
    public Optional<Path> folder() {
        return push.startsWith(FOLDER) ? Optional.of(Path.of(push.substring(FOLDER.length()))) : Optional.empty();
    }

    /** The {@code host[:port]} we push to; the pull address for a folder. */
    public String pushHost() {
        return folder().isPresent() ? pull : withoutScheme(push);
    }

    /** The {@code host[:port]} clusters pull from. */
    public String pullHost() {
        return pull;
    }

    /** Whether plain http is agreed to, or never leaves this machine. */
    public boolean mayUsePlainHttp() {
        return insecure || isLoopback(pushHost());
    }

    /** PEM of the authorities to trust besides the usual ones; may be empty. */
    public String caCertificates() {
        return caCertificates;
    }

    /** The root of the HTTP API; who gives authorities for it means https, on loopback too. */
    URI uri() {
        String lower = push.toLowerCase(Locale.ROOT);
        boolean plain = lower.startsWith("http://")
                || !lower.startsWith("https://") && caCertificates.isEmpty() && mayUsePlainHttp();
        return URI.create((plain ? "http://" : "https://") + withoutScheme(push) + "/v2/");
    }

    /** The root of its HTTP API, where it has one. */
    public Optional<URI> endpoint() {
        return folder().isPresent() ? Optional.empty() : Optional.of(uri());
    }

    /** Whether a reference to this host means this registry, by its push or its pull address. */
    public boolean serves(String host) {
        return host.equalsIgnoreCase(pull) || host.equalsIgnoreCase(pushHost());
    }

    @Override
    public String toString() {
        return push;
    }
}
