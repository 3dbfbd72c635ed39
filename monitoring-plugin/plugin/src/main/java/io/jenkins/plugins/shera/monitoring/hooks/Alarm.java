package io.jenkins.plugins.shera.monitoring.hooks;

import io.jenkins.plugins.shera.monitoring.alertmanager.ChatMessage;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.news.HookPost;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import java.io.IOException;
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
            HookPost.post(
                    HookPost.address(
                            CredentialLookup.atTop(StringCredentials.class, id)
                                    .getSecret()
                                    .getPlainText(),
                            name),
                    ChatMessage.of(configuration.getAlarmKind(), text),
                    Map.of(),
                    name);
        }
    }
}
