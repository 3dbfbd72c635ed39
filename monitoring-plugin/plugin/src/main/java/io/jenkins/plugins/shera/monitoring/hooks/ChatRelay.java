package io.jenkins.plugins.shera.monitoring.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.alertmanager.ChatMessage;
import io.jenkins.plugins.shera.monitoring.alertmanager.Notice;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import java.io.IOException;
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
        if (notices.isEmpty()) {
            return;
        }
        URI address = address(tenant, receiver);
        byte[] body = JSON.writeValueAsBytes(ChatMessage.of(receiver.sort(), notices));
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        String name = tenant.getId() + "/" + receiver.name();
        try {
            HttpResponse<java.io.InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            String text;
            try (java.io.InputStream stream = answer.body()) {
                text = new String(stream.readNBytes(LARGEST), StandardCharsets.UTF_8);
            }
            if (answer.statusCode() / 100 != 2 || !ChatMessage.isAccepted(parsed(text))) {
                throw new IOException(
                        "the robot of " + name + " did not take the message (" + answer.statusCode() + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while telling the robot of " + name, e);
        }
    }

    private static JsonNode parsed(String text) throws IOException {
        return JSON.readTree(text.isBlank() ? "{}" : text);
    }

    private static URI address(Tenant tenant, Receiver receiver) throws IOException {
        String secret = CredentialLookup.inFolder(tenant, StringCredentials.class, receiver.credentialsId())
                .getSecret()
                .getPlainText()
                .strip();
        String name = tenant.getId() + "/" + receiver.name();
        URI address;
        try {
            address = URI.create(secret);
        } catch (IllegalArgumentException e) {
            // The message of the exception would hold the secret.
            throw new IOException("the address of the robot of " + name + " is none");
        }
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null || address.getUserInfo() != null) {
            throw new IOException("the address of the robot of " + name + " is none");
        }
        for (AlertmanagerServer server : MonitoringConfiguration.get().getAlertmanagers()) {
            if (!server.allows(address.getHost())) {
                throw new IOException("the robot of " + name + " lies on a host that web hooks may not lie on");
            }
        }
        return address;
    }
}
