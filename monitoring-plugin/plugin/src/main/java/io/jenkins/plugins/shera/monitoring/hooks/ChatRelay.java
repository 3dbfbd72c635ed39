package io.jenkins.plugins.shera.monitoring.hooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.ChatMessage;
import io.jenkins.plugins.shera.monitoring.alertmanager.Notice;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Tells group robots of chats of alerts, in their own words; their address is a secret of the tenant and stands in no message. */
final class ChatRelay {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 64 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private ChatRelay() {}

    static void tell(Tenant tenant, Receiver receiver, List<Notice> notices) throws IOException {
        if (!notices.isEmpty()) {
            String name = tenant.getId() + "/" + receiver.name();
            URI address = allowed(
                    parsed(CredentialLookup.inFolder(tenant, StringCredentials.class, receiver.credentialsId()), name),
                    name);
            post(address, ChatMessage.of(receiver.sort(), notices), name);
        }
    }

    /** Tells the platform's own robot, where there is one, that nobody else can tell. */
    static void alarm(String text) throws IOException {
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        String id = configuration.getAlarmCredentialsId();
        if (!id.isEmpty()) {
            String name = "heartbeats";
            post(
                    parsed(CredentialLookup.atTop(StringCredentials.class, id), name),
                    ChatMessage.of(configuration.getAlarmKind(), text),
                    name);
        }
    }

    private static void post(URI address, ObjectNode message, String name) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(message)))
                .build();
        try {
            HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            String text;
            try (InputStream stream = answer.body()) {
                text = new String(stream.readNBytes(LARGEST), StandardCharsets.UTF_8);
            }
            if (answer.statusCode() / 100 != 2 || !accepted(text)) {
                throw new IOException(
                        "the robot of " + name + " did not take the message (" + answer.statusCode() + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while telling the robot of " + name, e);
        }
    }

    /** Slack says ok in plain words, the others answer JSON with a code. */
    private static boolean accepted(String text) {
        try {
            return ChatMessage.isAccepted(JSON.readTree(text.isBlank() ? "{}" : text));
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private static URI parsed(StringCredentials secret, String name) throws IOException {
        URI address;
        try {
            address = URI.create(secret.getSecret().getPlainText().strip());
        } catch (IllegalArgumentException e) {
            // The message of the exception would hold the secret.
            throw new IOException("the address of the robot of " + name + " is none");
        }
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null || address.getUserInfo() != null) {
            throw new IOException("the address of the robot of " + name + " is none");
        }
        return address;
    }

    private static URI allowed(URI address, String name) throws IOException {
        for (AlertmanagerServer server : MonitoringConfiguration.get().getAlertmanagers()) {
            if (!server.allows(address.getHost())) {
                throw new IOException("the robot of " + name + " lies on a host that web hooks may not lie on");
            }
        }
        return address;
    }
}
