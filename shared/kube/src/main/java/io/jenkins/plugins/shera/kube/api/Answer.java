package io.jenkins.plugins.shera.kube.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** One HTTP answer, read to its end. */
record Answer(int status, byte[] body, String retryAfter, String date) {

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** How long the server asks us to wait; only the form in seconds, the one the API server uses. */
    Optional<Duration> waitAsked() {
        if (retryAfter == null || !retryAfter.matches("\\d{1,6}")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
    }

    /** The server's clock, which its timestamps are made of. */
    Optional<Instant> serverTime() {
        if (date == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
