package io.jenkins.plugins.shera.monitoring.news;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A mail of plain text.
 *
 * @param id the same for the same news, so that who gets it twice can see that
 */
public record Mail(String id, List<String> to, String subject, String text) {

    private static final int WORD = 42;

    /** Refuses what would break out of a header. */
    public Mail {
        to = List.copyOf(to);
        for (String each : to) {
            if (!each.matches("[a-zA-Z0-9._%+-]{1,64}@[a-zA-Z0-9.-]{1,190}")) {
                throw new IllegalArgumentException("that is no mail address");
            }
        }
        if (!id.matches("[0-9a-zA-Z.-]{1,100}")) {
            throw new IllegalArgumentException("that is no id of a mail");
        }
    }

    /** As it goes over the wire, lines ended by CR LF. */
    String wire(String from, ZonedDateTime now) {
        List<String> lines = new ArrayList<>();
        lines.add("Date: "
                + DateTimeFormatter.RFC_1123_DATE_TIME
                        .withLocale(Locale.ENGLISH)
                        .format(now.withZoneSameInstant(ZoneOffset.UTC)));
        lines.add("From: <" + from + ">");
        lines.add("To: " + String.join(", ", to));
        lines.add("Message-ID: <" + id + "@" + from.substring(from.indexOf('@') + 1) + ">");
        lines.add("Subject: " + words(subject));
        lines.add("Auto-Submitted: auto-generated");
        lines.add("MIME-Version: 1.0");
        lines.add("Content-Type: text/plain; charset=UTF-8");
        lines.add("Content-Transfer-Encoding: base64");
        lines.add("");
        lines.add(Base64.getMimeEncoder(76, new byte[] {'\r', '\n'})
                .encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        return String.join("\r\n", lines) + "\r\n";
    }

    /** A header's text as encoded words, none longer than a header may have. */
    private static String words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int bytes = 0;
        for (int character : text.replaceAll("\\p{Cntrl}", " ").codePoints().toArray()) {
            String next = Character.toString(character);
            int size = next.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > WORD) {
                words.add(encoded(word.toString()));
                word.setLength(0);
                bytes = 0;
            }
            word.append(next);
            bytes += size;
        }
        words.add(encoded(word.toString()));
        return String.join("\r\n ", words);
    }

    private static String encoded(String word) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
