package io.jenkins.plugins.shera.monitoring.releases;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.ChatMessage;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.chats.ChatSignature;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNoticeConfiguration;
import io.jenkins.plugins.shera.monitoring.hooks.HookHosts;
import io.jenkins.plugins.shera.monitoring.news.Delivery;
import io.jenkins.plugins.shera.monitoring.news.HookPost;
import io.jenkins.plugins.shera.monitoring.news.Mail;
import io.jenkins.plugins.shera.monitoring.news.MailServer;
import io.jenkins.plugins.shera.monitoring.news.NotTakenException;
import io.jenkins.plugins.shera.monitoring.news.Outbox.Attempt;
import io.jenkins.plugins.shera.monitoring.news.Smtp;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Says news to one receiver by its own kind, with the credentials of its tenant. */
final class ReleaseSender {

    /** WeCom refuses a text of more than 2048 bytes. */
    private static final int CHAT_BYTES = 2000;

    private static final int MAIL_BYTES = 32_000;

    private final Tenant tenant;
    private final Receiver receiver;
    private final String name;

    ReleaseSender(Tenant tenant, Receiver receiver) {
        this.tenant = tenant;
        this.receiver = receiver;
        this.name = tenant.getId() + "/" + receiver.name();
    }

    /** The receiver has taken it when this returns. */
    void send(Attempt attempt) throws NotTakenException {
        try {
            switch (receiver.sort()) {
                case MAIL -> mail(attempt);
                case WEBHOOK -> webhook(attempt);
                case JENKINS -> {
                    // Releases stand on the timelines of Jenkins already.
                }
                default -> chat(attempt);
            }
        } catch (Refusal e) {
            throw new NotTakenException("the credential of " + name + " is not to be found", Duration.ZERO);
        }
    }

    private void mail(Attempt attempt) throws NotTakenException {
        MailServer server = ReleaseNoticeConfiguration.get()
                .mailServer()
                .orElseThrow(() -> new NotTakenException("no mail server is set up for releases", Duration.ZERO));
        String subject = attempt.news().size() == 1
                ? attempt.news().get(0).title()
                : "SheRa: " + tenant.getId() + " (" + attempt.news().size() + ")";
        List<String> to = List.of(receiver.to().split("\\s*,\\s*"));
        Smtp.send(server, new Mail(attempt.id(), to, subject, attempt.text(MAIL_BYTES) + "\r\n"));
    }

    private void webhook(Attempt attempt) throws NotTakenException {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("version", 1).put("sender", "shera");
        ArrayNode releases = body.putArray("releases");
        for (Delivery each : attempt.news()) {
            ObjectNode release = releases.addObject().put("id", each.id()).put("title", each.title());
            new TreeMap<>(each.facts()).forEach(release::put);
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("Idempotency-Key", attempt.id());
        if (!receiver.credentialsId().isEmpty()) {
            headers.put("Authorization", "Bearer " + secret(receiver.credentialsId()));
        }
        String whose = "the web hook of " + name;
        URI address = HookHosts.allowed(HookPost.address(receiver.url(), whose), whose);
        HookPost.post(address, body, headers, whose);
    }

    private void chat(Attempt attempt) throws NotTakenException {
        ObjectNode message = ChatMessage.of(receiver.kind(), harmless(attempt.text(CHAT_BYTES)));
        if (receiver.sort() == Receiver.Kind.SLACK && !receiver.to().isEmpty()) {
            message.put("channel", receiver.to());
        }
        String whose = "the robot of " + name;
        URI address = HookHosts.allowed(HookPost.address(secret(receiver.credentialsId()), whose), whose);
        String signing = receiver.signingCredentialsId().isEmpty() ? "" : secret(receiver.signingCredentialsId());
        HookPost.post(
                ChatSignature.sign(receiver.kind(), signing, address, message, Instant.now()),
                message,
                Map.of(),
                whose);
    }

    /** What pods and people said calls nobody: Slack and Lark read marks in angle brackets. */
    private String harmless(String text) {
        return switch (receiver.sort()) {
            case SLACK -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            case LARK -> text.replace('<', '\u2039').replace('>', '\u203a');
            default -> text;
        };
    }

    private String secret(String credentialsId) {
        return CredentialLookup.inFolder(tenant, StringCredentials.class, credentialsId)
                .getSecret()
                .getPlainText();
    }
}
