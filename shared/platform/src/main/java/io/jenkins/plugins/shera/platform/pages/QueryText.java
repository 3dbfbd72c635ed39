package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import org.kohsuke.stapler.StaplerRequest2;

/** The query parameters of a read, checked; a bad one is a {@link RefusedRead}. */
public final class QueryText {

    private static final int MOST = 500;

    private final StaplerRequest2 request;

    /** Of this request. */
    public QueryText(StaplerRequest2 request) {
        this.request = request;
    }

    /** A text of at most 200 characters, empty where none is given. */
    public String text(String name) {
        String value = request.getParameter(name);
        if (value != null && value.length() > 200) {
            throw refused(name, Messages.QueryText_long(), Messages.QueryText_long_next());
        }
        return value == null ? "" : value.strip();
    }

    /** A number of entries, 50 where none is given, at most 500. */
    public int limit() {
        return (int) Math.max(1, Math.min(MOST, number("limit", 50)));
    }

    /** The id before which entries are wanted. */
    public long before() {
        return number("before", Long.MAX_VALUE);
    }

    private long number(String name, long absent) {
        String text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw refused(name, Messages.Fields_number(), Messages.Fields_number_next());
        }
    }

    /** A time, null where none is given. */
    public Instant instant(String name) {
        String text = text(name);
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused(name, Messages.QueryText_time(), Messages.QueryText_time_next());
        }
    }

    /** One of the constants of an enum in lower case, null where none is given. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        String text = text(name);
        try {
            return text.isEmpty() ? null : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw refused(
                    name,
                    Messages.QueryText_choice(String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                                    .toList())),
                    Messages.QueryText_choice_next());
        }
    }

    private static RefusedRead refused(String where, String why, String next) {
        return new RefusedRead(new Refusal(Refusal.Kind.INPUT, Messages.QueryText_refused(), where, why, next));
    }
}
