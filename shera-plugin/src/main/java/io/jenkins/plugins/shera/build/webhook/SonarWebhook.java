package io.jenkins.plugins.shera.build.webhook;

import hudson.Extension;
import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.extension.WebhookReceiver;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * SonarQube's webhook, {@code /shera-webhook/post/sonar/<id of the server>}. It says which task is over and nothing that is
 * believed: whoever waits for that task then asks the server, so a repeated message does no harm.
 */
@Extension
public class SonarWebhook extends WebhookReceiver {
    private static final Logger LOGGER = Logger.getLogger(SonarWebhook.class.getName());

    @Override
    public String name() {
        return "sonar";
    }

    @Override
    public String proofHeader() {
        return "X-Sonar-Webhook-HMAC-SHA256";
    }

    @Override
    public boolean accepts(String key, String proof, byte[] body) {
        String id = SonarConfiguration.get()
                .server(key)
                .map(server -> server.getWebhookCredentialsId())
                .orElse("");
        return Proof.hmacSha256(secret(id).getBytes(StandardCharsets.UTF_8), body, proof);
    }

    private static String secret(String credentialsId) {
        if (credentialsId.isEmpty()) {
            return "";
        }
        try {
            return CredentialLookup.atTop(StringCredentials.class, credentialsId)
                    .getSecret()
                    .getPlainText();
        } catch (Refusal e) {
            LOGGER.log(
                    Level.WARNING,
                    "the webhook of SonarQube has no secret: there are no credentials " + credentialsId,
                    e);
            return "";
        }
    }

    @Override
    public void receive(String key, Map<String, String> query, byte[] body) {
        try {
            AnalysisSignals.get()
                    .signal(Json.read(body, "message of SonarQube")
                            .path("taskId")
                            .asText());
        } catch (IOException e) {
            LOGGER.log(Level.INFO, "SonarQube sent what is no JSON", e);
        }
    }
}
