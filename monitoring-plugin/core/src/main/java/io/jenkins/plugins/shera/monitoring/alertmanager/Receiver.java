package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who can be told of alerts.
 *
 * @param name unique in the tenant
 * @param kind id of a {@link Kind}
 * @param to mail addresses, separated by commas, or a channel of Slack
 * @param url address of a web hook
 * @param credentialsId a secret text: the bearer token of a web hook, or the secret address of a chat's hook
 * @param signingCredentialsId a secret text: what messages to a robot of DingTalk or Lark are signed with; empty for none
 */
public record Receiver(
        String name, String kind, String to, String url, String credentialsId, String signingCredentialsId)
        implements Serializable {

    /** How somebody is told. */
    public enum Kind {
        /** By Alertmanager's own mail server. */
        MAIL,
        /** A POST of Alertmanager's JSON. */
        WEBHOOK,
        /** An incoming web hook of Slack, or of what speaks its language. */
        SLACK,
        /** A group robot of WeCom, told by the monitoring daemon. */
        WECOM,
        /** A group robot of DingTalk, told by the monitoring daemon. */
        DINGTALK,
        /** A group robot of Lark, told by the monitoring daemon. */
        LARK,
        /** The timelines of the applications in Jenkins. */
        JENKINS;

        /** As forms and REST spell it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is a robot that Alertmanager cannot speak to, so that the monitoring daemon does. */
        public boolean isChat() {
            return this == WECOM || this == DINGTALK || this == LARK;
        }

        static Optional<Kind> of(String id) {
            return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
        }
    }

    private static final String MAIL_ADDRESS = "[a-zA-Z0-9._%+-]{1,64}@[a-zA-Z0-9.-]{1,190}";

    /** Refuses what could never be told anything. */
    @JsonCreator
    public Receiver {
        name = clean(name);
        kind = clean(kind);
        to = clean(to);
        url = clean(url);
        credentialsId = clean(credentialsId);
        signingCredentialsId = clean(signingCredentialsId);
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new InvalidThresholdException(
                    "name", "'" + name + "' is no name", "Take lower-case letters, digits and hyphens, 63 at most.");
        }
        Kind known = Kind.of(kind)
                .orElseThrow(() -> new InvalidThresholdException(
                        "kind",
                        "there is no such kind of receiver",
                        "Take one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Kind.values())
                                                .map(Kind::id)
                                                .toList())
                                + "."));
        if (known == Kind.MAIL && !to.matches(MAIL_ADDRESS + "(\\s*,\\s*" + MAIL_ADDRESS + "){0,19}")) {
            throw new InvalidThresholdException(
                    "to", "that is no mail address", "Give one, or several with commas between them.");
        }
        if (known == Kind.SLACK && !to.matches("([#@][^\\s\\p{Cntrl}{}\"]{1,80})?")) {
            throw new InvalidThresholdException(
                    "to", "that is no channel", "Give it as #name or @name, or leave it out.");
        }
        if (known == Kind.WEBHOOK && !isAddress(url)) {
            throw new InvalidThresholdException(
                    "url",
                    "that is no address of a web hook",
                    "Give one that begins with http:// or https:// and holds no user.");
        }
        if (!signingCredentialsId.isEmpty() && known != Kind.DINGTALK && known != Kind.LARK) {
            throw new InvalidThresholdException(
                    "signingCredentialsId",
                    "such a receiver takes no signature",
                    "Leave it out: robots of dingtalk and lark can ask for one.");
        }
        boolean secret = known == Kind.SLACK || known.isChat();
        if (secret && credentialsId.isEmpty()) {
            throw new InvalidThresholdException(
                    "credentialsId",
                    "the address of such a hook is a secret",
                    "Keep it as a secret text in the folder of the tenant, and give the id of that.");
        }
    }

    /** One whose messages need no signature. */
    public Receiver(String name, String kind, String to, String url, String credentialsId) {
        this(name, kind, to, url, credentialsId, "");
    }

    private static String clean(String text) {
        return text == null ? "" : text.strip();
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null && text.length() <= 2000;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What sort it is. */
    public Kind sort() {
        return Kind.of(kind).orElseThrow();
    }

    /** The host of a web hook; empty for other kinds. */
    public String host() {
        return sort() == Kind.WEBHOOK ? URI.create(url).getHost() : "";
    }
}
