package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.monitoring.alertmanager.AlertmanagerConfig;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeBook;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticePolicy;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.alertmanager.TenantBlock;
import io.jenkins.plugins.shera.monitoring.chats.ChatTarget;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.news.HookPost;
import io.jenkins.plugins.shera.monitoring.news.NotTakenException;
import io.jenkins.plugins.shera.monitoring.served.ChatDaemon;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * What one Alertmanager, and the daemon beside it, are told for a tenant. Robots of chats are told by the daemon and the timeline by
 * Jenkins, each by a hook with a token of its own.
 */
record NoticeParts(AlertmanagerServer server, Tenant tenant, NoticeBook book, NoticePolicy policy) {

    /** Refuses what could not be told, before anything is changed. */
    void check() {
        for (int i = 0; i < book.receivers().size(); i++) {
            String host = book.receivers().get(i).host();
            if (!host.isEmpty()) {
                allowed(host, "receivers[" + i + "].url");
            }
        }
        config();
        chats();
    }

    private void allowed(String host, String where) {
        if (!server.allows(host)) {
            throw Refusal.input(
                    where, Messages.NoticeDesk_host(host, server.getWebhookHosts()), Messages.NoticeDesk_host_next());
        }
    }

    /** Lets the daemon have just the robots of this book. */
    void bring() throws IOException {
        if (server.hasChats()) {
            server.chats().bring(tenant.getId(), chats());
        }
    }

    /** The robots. */
    List<ChatTarget> chats() {
        List<ChatTarget> targets = new ArrayList<>();
        for (int i = 0; i < book.receivers().size(); i++) {
            Receiver receiver = book.receivers().get(i);
            if (receiver.sort().isChat() && server.hasChats()) {
                URI address = address(receiver, i);
                allowed(address.getHost(), "receivers[" + i + "].credentialsId");
                targets.add(new ChatTarget(
                        receiver.name(),
                        receiver.kind(),
                        address.toString(),
                        text(receiver.signingCredentialsId(), i),
                        ChatTarget.digest(token(receiver))));
            }
        }
        return targets;
    }

    private URI address(Receiver receiver, int index) {
        try {
            return HookPost.address(secret(receiver, index), receiver.name());
        } catch (NotTakenException e) {
            throw Refusal.input(
                    "receivers[" + index + "].credentialsId",
                    Messages.NoticeParts_address(),
                    Messages.NoticeParts_address_next());
        }
    }

    private String token(Receiver receiver) {
        return HookTokens.get().of(HookTokens.key(tenant.getId(), receiver.name()));
    }

    /** The part of the configuration. A robot that no daemon tells is left out where no route leads to it. */
    AlertmanagerConfig.Wanted config() {
        Map<String, String> secrets = new HashMap<>();
        List<Receiver> spoken = new ArrayList<>();
        for (int i = 0; i < book.receivers().size(); i++) {
            Receiver receiver = book.receivers().get(i);
            String secret = secret(receiver, i);
            if (receiver.sort().isChat()) {
                if (server.hasChats()) {
                    spoken.add(hook(
                            receiver,
                            server.getChatsUrl() + ChatDaemon.PATH + "/" + tenant.getId() + "/" + receiver.name()));
                    secrets.put(receiver.name(), token(receiver));
                    if (!server.getChatsCaCertificate().isEmpty()) {
                        secrets.put(TenantBlock.authority(receiver.name()), server.getChatsCaCertificate());
                    }
                } else {
                    unrouted(receiver);
                }
            } else if (receiver.sort() == Receiver.Kind.JENKINS) {
                spoken.add(hook(receiver, HookTokens.address(tenant.getId(), receiver.name())));
                secrets.put(receiver.name(), token(receiver));
            } else {
                spoken.add(receiver);
                if (!secret.isEmpty()) {
                    secrets.put(receiver.name(), secret);
                }
            }
        }
        return new AlertmanagerConfig.Wanted(
                tenant.getId(), new NoticeBook(book.version(), spoken, book.routes(), book.timing()), policy, secrets);
    }

    private static Receiver hook(Receiver receiver, String address) {
        return new Receiver(receiver.name(), Receiver.Kind.WEBHOOK.id(), "", address, "");
    }

    private void unrouted(Receiver receiver) {
        for (int i = 0; i < book.routes().size(); i++) {
            if (book.routes().get(i).receiver().equals(receiver.name())) {
                throw Refusal.input(
                        "routes[" + i + "].receiver",
                        Messages.NoticeParts_noDaemon(receiver.name(), server.getId()),
                        Messages.NoticeParts_noDaemon_next());
            }
        }
    }

    /** The secret text of a receiver as the tenant's folder sees it; empty where it has none. */
    private String secret(Receiver receiver, int index) {
        return text(receiver.credentialsId(), index);
    }

    private String text(String credentialsId, int index) {
        if (credentialsId.isEmpty()) {
            return "";
        }
        try {
            return CredentialLookup.inFolder(tenant, StringCredentials.class, credentialsId)
                    .getSecret()
                    .getPlainText();
        } catch (Refusal e) {
            throw e.below("receivers[" + index + "]");
        }
    }
}
