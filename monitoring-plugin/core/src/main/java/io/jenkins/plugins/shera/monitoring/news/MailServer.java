package io.jenkins.plugins.shera.monitoring.news;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The mail server that mails are handed to.
 *
 * @param from address they are sent from
 * @param user empty for a server that asks for none
 * @param password of that user
 */
public record MailServer(String host, int port, Security security, String from, String user, String password) {

    /** How the way to it is kept private. */
    public enum Security {
        /** Plain text; no password is sent over it but to this machine itself. */
        NONE,
        /** Plain at first, then TLS; without TLS nothing is sent. */
        STARTTLS,
        /** TLS from the start. */
        TLS;

        /** As forms spell it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one spelled like this. */
        public static Optional<Security> of(String id) {
            return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
        }
    }

    /** Says where it is, never the password. */
    @Override
    public String toString() {
        return host + ":" + port + " (" + security.id() + ")";
    }
}
