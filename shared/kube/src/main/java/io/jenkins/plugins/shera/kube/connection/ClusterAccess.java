package io.jenkins.plugins.shera.kube.connection;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything needed to speak to one cluster as one identity. Immutable; holds secrets, so {@link #toString} shows none.
 *
 * <p>Certificates and keys are PEM text, never file names: a text that a user typed must not read files of the controller.
 */
public final class ClusterAccess {

    private final URI server;
    private final String caCertificate;
    private final String token;
    private final String clientCertificate;
    private final String clientKey;
    private final String impersonatedUser;
    private final List<String> impersonatedGroups;
    private final boolean insecure;

    private ClusterAccess(Draft draft) {
        this.server = checkedServer(draft.server, draft.insecure);
        this.caCertificate = draft.caCertificate;
        this.token = checkedToken(draft.token);
        this.clientCertificate = draft.clientCertificate;
        this.clientKey = draft.clientKey;
        this.impersonatedUser = draft.impersonatedUser;
        this.impersonatedGroups = List.copyOf(draft.impersonatedGroups);
        this.insecure = draft.insecure;
        if ((clientCertificate == null) != (clientKey == null)) {
            throw new IllegalArgumentException("A client certificate and its key belong together, and one of them is"
                    + " missing. Give both, or use a token.");
        }
    }

    /** Starts the description of a cluster at this address, for example {@code https://10.0.0.1:6443}. */
    public static Draft at(String server) {
        return new Draft(server);
    }

    private static URI checkedServer(String text, boolean insecure) {
        URI uri;
        try {
            uri = URI.create(Objects.requireNonNullElse(text, "").trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The server address of the cluster is not a URL: " + e.getMessage(), e);
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(
                    "The server address of the cluster must look like https://host:port, without user or query.");
        }
        if ("http".equals(uri.getScheme()) && insecure) {
            return uri;
        }
        if (!"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException("The server address of the cluster must begin with https://, because a"
                    + " token sent over anything else can be read on the way. Give the https address.");
        }
        return uri;
    }

    private static String checkedToken(String token) {
        if (token != null && token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "The token of the cluster has a blank, a line break or a character that cannot be sent in a header."
                            + " Copy the token alone.");
        }
        return token;
    }

    /** Base address of the API server. */
    public URI server() {
        return server;
    }

    /**
     * The headers that show this identity to a server which has this cluster review it; they hold the token. Without {@code
     * Authorization} when the identity is a client certificate.
     */
    public Map<String, List<String>> identityHeaders() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (token != null) {
            headers.put("Authorization", List.of("Bearer " + token));
        }
        if (impersonatedUser != null) {
            headers.put("Impersonate-User", List.of(impersonatedUser));
            headers.put("Impersonate-Group", impersonatedGroups);
        }
        return headers;
    }

    String caCertificate() {
        return caCertificate;
    }

    String token() {
        return token;
    }

    String clientCertificate() {
        return clientCertificate;
    }

    String clientKey() {
        return clientKey;
    }

    /** The user whose rights are used instead of the caller's own, or null. */
    public String impersonatedUser() {
        return impersonatedUser;
    }

    List<String> impersonatedGroups() {
        return impersonatedGroups;
    }

    /** Whether an administrator declared that this cluster's certificate is not to be verified. */
    public boolean isInsecure() {
        return insecure;
    }

    /** The same access, with the rights of another user; the caller's own identity needs the verb {@code impersonate}. */
    public ClusterAccess impersonating(String user, List<String> groups) {
        return toDraft().impersonating(user, groups).done();
    }

    private Draft toDraft() {
        Draft draft = new Draft(server.toString());
        draft.caCertificate = caCertificate;
        draft.token = token;
        draft.clientCertificate = clientCertificate;
        draft.clientKey = clientKey;
        draft.impersonatedUser = impersonatedUser;
        draft.impersonatedGroups = impersonatedGroups;
        draft.insecure = insecure;
        return draft;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterAccess that
                && server.equals(that.server)
                && insecure == that.insecure
                && secrets().equals(that.secrets());
    }

    @Override
    public int hashCode() {
        return Objects.hash(server, secrets());
    }

    private List<Object> secrets() {
        return Arrays.asList(caCertificate, token, clientCertificate, clientKey, impersonatedUser, impersonatedGroups);
    }

    @Override
    public String toString() {
        return impersonatedUser == null ? server.toString() : server + " as " + impersonatedUser;
    }

    /** What is known of a cluster so far; {@link #done} checks it. */
    public static final class Draft {
        private final String server;
        private String caCertificate;
        private String token;
        private String clientCertificate;
        private String clientKey;
        private String impersonatedUser;
        private List<String> impersonatedGroups = List.of();
        private boolean insecure;

        private Draft(String server) {
            this.server = server;
        }

        /** PEM text of the authority that signed the server's certificate; without it the JVM's own authorities count. */
        public Draft trusting(String caCertificatePem) {
            this.caCertificate = blankToNull(caCertificatePem);
            return this;
        }

        /** Bearer token, for example of a service account. */
        public Draft withToken(String bearerToken) {
            this.token = blankToNull(bearerToken == null ? null : bearerToken.trim());
            return this;
        }

        /** Client certificate and key as PEM text. */
        public Draft withCertificate(String certificatePem, String keyPem) {
            this.clientCertificate = blankToNull(certificatePem);
            this.clientKey = blankToNull(keyPem);
            return this;
        }

        /** User and groups whose rights are used. */
        public Draft impersonating(String user, List<String> groups) {
            this.impersonatedUser = blankToNull(user);
            this.impersonatedGroups = List.copyOf(groups);
            return this;
        }

        /** Declares that neither the certificate nor https is asked for. An administrator's decision, never a user's. */
        public Draft declaredInsecure(boolean declared) {
            this.insecure = declared;
            return this;
        }

        /**
         * The finished description.
         *
         * @throws IllegalArgumentException saying what is wrong and what to give instead
         */
        public ClusterAccess done() {
            return new ClusterAccess(this);
        }

        private static String blankToNull(String text) {
            return text == null || text.isBlank() ? null : text;
        }
    }
}
