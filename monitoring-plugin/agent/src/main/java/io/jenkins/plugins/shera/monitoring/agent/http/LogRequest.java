package io.jenkins.plugins.shera.monitoring.agent.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.shera.monitoring.agent.access.Caller;
import io.jenkins.plugins.shera.monitoring.logs.LineFilter;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request for lines, checked: {@code ?namespace=&pod=&container=&since=&until=&previous=&grep=&regex=}. */
record LogRequest(
        Caller caller,
        String namespace,
        String pod,
        String container,
        Window window,
        boolean previous,
        LineFilter filter) {

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";
    private static final int LONGEST_QUERY = 2_000;
    private static final int LONGEST_TOKEN = 16_384;
    private static final int MOST_GROUPS = 64;

    static LogRequest of(HttpExchange exchange) throws Refused {
        Caller caller = caller(exchange.getRequestHeaders());
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        return new LogRequest(
                caller,
                name(query, "namespace", LABEL),
                name(query, "pod", NAME),
                name(query, "container", LABEL),
                window(query),
                query.getOrDefault("previous", "").equals("true"),
                filter(query));
    }

    private static LineFilter filter(Map<String, String> query) throws Refused {
        try {
            return LineFilter.of(
                    query.getOrDefault("grep", ""),
                    query.getOrDefault("regex", "").equals("true"));
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    400, "grep", String.valueOf(e.getMessage()), "Give a text, or an RE2 expression with regex=true.");
        }
    }

    private static Caller caller(Headers headers) throws Refused {
        String authorization = String.valueOf(headers.getFirst("Authorization"));
        String token =
                authorization.startsWith("Bearer ") ? authorization.substring(7).strip() : "";
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            throw new Refused(
                    401, "Authorization", "there is no bearer token", "Send a token of the cluster's API server.");
        }
        List<String> users = headers.getOrDefault("Impersonate-User", List.of());
        List<String> groups = headers.getOrDefault("Impersonate-Group", List.of());
        boolean other = headers.keySet().stream()
                .anyMatch(name -> name.startsWith("Impersonate-Uid") || name.startsWith("Impersonate-Extra"));
        if (users.size() > 1 || groups.size() > MOST_GROUPS || users.isEmpty() && !groups.isEmpty() || other) {
            throw new Refused(
                    400, "Impersonate-User", "that is no impersonation", "Name one user and at most 64 groups.");
        }
        return new Caller(token, users.isEmpty() ? "" : users.get(0), List.copyOf(groups));
    }

    private static Map<String, String> query(String raw) throws Refused {
        Map<String, String> query = new HashMap<>();
        if (raw == null) {
            return query;
        }
        if (raw.length() > LONGEST_QUERY) {
            throw new Refused(400, "query", "it is too long", "Send at most 2000 characters.");
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) throws Refused {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "query", "it is not encoded as a query is", "Encode it with percent signs.");
        }
    }

    private static String name(Map<String, String> query, String field, String pattern) throws Refused {
        String value = query.getOrDefault(field, "");
        if (!value.matches(pattern)) {
            throw new Refused(400, field, "that is no name in Kubernetes", "Give the name of a " + field + ".");
        }
        return value;
    }

    private static Window window(Map<String, String> query) throws Refused {
        long since = time(query, "since", Long.MIN_VALUE + 1);
        long until = time(query, "until", Long.MAX_VALUE);
        if (until < since) {
            throw new Refused(400, "until", "the range ends before it begins", "Exchange since and until.");
        }
        return new Window(since, until);
    }

    private static long time(Map<String, String> query, String field, long open) throws Refused {
        String text = query.getOrDefault(field, "");
        try {
            if (text.isEmpty()) {
                return open;
            }
            return text.matches("-?[0-9]{1,19}") ? Long.parseLong(text) : Stamps.of(Instant.parse(text));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new Refused(
                    400,
                    field,
                    "that is no time",
                    "Give RFC 3339 such as 2026-01-02T03:04:05.6+08:00, or nanoseconds since 1970.");
        }
    }
}
