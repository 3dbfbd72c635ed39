package io.jenkins.plugins.shera.monitoring.hooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.ChatMessage;
import io.jenkins.plugins.shera.monitoring.chats.ChatSignature;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.news.HookPost;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Tells the platform's own robot that Prometheus or Alertmanager is gone: its address is a secret and stands in no message. */
final class Alarm {

    private Alarm() {}

    /** Tells it, where there is one. */
    static void ring(String text) throws IOException {
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        String id = configuration.getAlarmCredentialsId();
        if (!id.isEmpty()) {
            String name = "the robot of heartbeats";
            String kind = configuration.getAlarmKind();
            ObjectNode message = ChatMessage.of(kind, text);
            String signing = configuration.getAlarmSigningCredentialsId();
            URI address = ChatSignature.sign(
                    kind,
                    signing.isEmpty() ? "" : secret(signing),
                    HookPost.address(secret(id), name),
                    message,
                    Instant.now());
            HookPost.post(address, message, Map.of(), name);
        }
    }

    private static String secret(String credentialsId) {
        return CredentialLookup.atTop(StringCredentials.class, credentialsId)
                .getSecret()
                .getPlainText();
    }
}
