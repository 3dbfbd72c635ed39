package io.jenkins.plugins.shera.oci.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers challenges of a registry: basic, or a bearer token of its token server (the distribution project's token auth). */
final class Authenticator {
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private final RegistryAddress address;
    private final RegistryCredentials credentials;
    private final Transport transport;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private volatile boolean basic;

    Authenticator(RegistryAddress address, RegistryCredentials credentials, Transport transport) {
        this.address = address;
        this.credentials = credentials;
        this.transport = transport;
    }

    /** What is known to be wanted already; empty on the first request. */
    String authorization(String scope) {
        if (basic) {
            return credentials.basic();
        }
        Token token = tokens.get(scope);
        return token == null || token.isStale(Instant.now()) ? "" : token.header();
    }

    /** What to send in answer to a challenge; empty when there is nothing better than what was used. */
    String answer(Challenge challenge, String scope, String used) throws IOException {
        if (challenge.scheme.equals("basic") && credentials.isPresent()) {
            basic = true;
            return used.equals(credentials.basic()) ? "" : credentials.basic();
        }
        if (challenge.scheme.equals("bearer")) {
            Token token = fetch(challenge, scope);
            tokens.put(scope, token);
            return token.header().equals(used) ? "" : token.header();
        }
        return "";
    }

    private Token fetch(Challenge challenge, String scope) throws IOException {
        String wanted = scope.isEmpty() ? challenge.get("scope") : scope;
        StringBuilder query = new StringBuilder("service=").append(encode(challenge.get("service")));
        for (String part : wanted.isEmpty() ? new String[0] : wanted.split(" ")) {
            query.append("&scope=").append(encode(part));
        }
        URI realm = transport.resolve(address.uri(), challenge.get("realm"));
        transport.check(realm);
        String base = realm.toString();
        URI uri = URI.create(base + (base.indexOf('?') < 0 ? "?" : "&") + query);
        Exchange exchange = new Exchange("GET", uri, "");
        try (Answer answer = transport.raw(exchange, uri, credentials.isPresent() ? credentials.basic() : "")) {
            if (!answer.isSuccess()) {
                throw answer.failure("Signing in to the registry " + address.pushHost(), credentials);
            }
            ObjectNode json = Json.read(answer.content(LONGEST_ANSWER, "token"), "token of the registry");
            String token = json.path("token").asText(json.path("access_token").asText(""));
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new RegistryException(
                        answer.status(),
                        "The token server of " + address.pushHost() + " answered without a token.",
                        null);
            }
            long seconds = Math.max(60, Math.min(json.path("expires_in").asLong(60), 3600));
            return new Token(
                    "Bearer " + token, Instant.now().plusSeconds(seconds).minus(RESERVE));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class Token {
        private final String header;
        private final Instant until;

        Token(String header, Instant until) {
            this.header = header;
            this.until = until;
        }

        String header() {
            return header;
        }

        boolean isStale(Instant now) {
            return now.isAfter(until);
        }
    }
}
