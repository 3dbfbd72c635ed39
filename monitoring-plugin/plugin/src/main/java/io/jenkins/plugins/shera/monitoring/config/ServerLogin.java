package io.jenkins.plugins.shera.monitoring.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** How Jenkins shows itself to a server of monitoring. */
final class ServerLogin {

    private static final String LOOPBACK = "http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?";

    private ServerLogin() {}

    /** The Authorization header of a user with password or a bearer token; empty for no credential. */
    static String authorization(String server, String credentialsId) {
        if (credentialsId.isEmpty()) {
            return "";
        }
        StandardCredentials found = CredentialLookup.atTop(StandardCredentials.class, credentialsId);
        if (found instanceof StringCredentials token) {
            return "Bearer " + token.getSecret().getPlainText();
        }
        if (found instanceof StandardUsernamePasswordCredentials user) {
            String pair = user.getUsername() + ":" + user.getPassword().getPlainText();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        throw Refusal.unknown(
                "credentialsId",
                Messages.PrometheusServer_credentials(server),
                Messages.PrometheusServer_credentials_next());
    }

    /** The token itself, where no other way of showing oneself is taken; {@code field} names the credential. */
    static String token(String field, String server, String credentialsId) {
        if (CredentialLookup.atTop(StandardCredentials.class, credentialsId) instanceof StringCredentials found) {
            return found.getSecret().getPlainText();
        }
        throw Refusal.unknown(field, Messages.ServerLogin_token(server), Messages.PrometheusServer_credentials_next());
    }

    /** Whether a text is a plain web address by which no secret travels in the open. */
    static boolean isSafe(String text) {
        return isAddress(text) && (text.startsWith("https://") || text.matches(LOOPBACK));
    }

    /** Whether a text is a plain web address. */
    static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
