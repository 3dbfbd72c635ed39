package io.jenkins.plugins.shera.monitoring.hooks;

import io.jenkins.plugins.shera.monitoring.alertmanager.ChatMessage;
import io.jenkins.plugins.shera.monitoring.alertmanager.Notice;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Tells group robots of chats of alerts, in their own words; their address is a secret of the tenant and stands in no message. */
final class ChatRelay {

    private ChatRelay() {}

    static void tell(Tenant tenant, Receiver receiver, List<Notice> notices) throws IOException {
        if (!notices.isEmpty()) {
            String name = "the robot of " + tenant.getId() + "/" + receiver.name();
            StringCredentials secret =
                    CredentialLookup.inFolder(tenant, StringCredentials.class, receiver.credentialsId());
            URI address = HookPost.allowed(parsed(secret, name), name);
            HookPost.post(address, ChatMessage.of(receiver.sort(), notices), Map.of(), name);
        }
    }

    /** Tells the platform's own robot, where there is one, that nobody else can tell. */
    static void alarm(String text) throws IOException {
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        String id = configuration.getAlarmCredentialsId();
        if (!id.isEmpty()) {
            String name = "the robot of heartbeats";
            HookPost.post(
                    parsed(CredentialLookup.atTop(StringCredentials.class, id), name),
                    ChatMessage.of(configuration.getAlarmKind(), text),
                    Map.of(),
                    name);
        }
    }

    private static URI parsed(StringCredentials secret, String name) throws IOException {
        return HookPost.address(secret.getSecret().getPlainText(), name);
    }
}
