package io.jenkins.plugins.shera.monitoring.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** The log agents of a cluster's nodes: time ranges, in rotated files and runs before a restart, too. */
public final class AgentLogs implements LogSource {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String END = "#end ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final Function<ContainerLog, Optional<URI>> agents;
    private final Map<String, List<String>> identity;
    private final Consumer<SourceNote> notes;

    /**
     * Asks as one identity, whom each agent has the API server review.
     *
     * @param agents the agent on a container's node, {@code https://node:8441}
     * @param identity headers, as {@code ClusterAccess.identityHeaders} gives them
     * @param trust whom to trust with them; null for those that Java trusts
     * @param notes told what a reader should know; from the reading thread
     */
    public AgentLogs(
            Function<ContainerLog, Optional<URI>> agents,
            Map<String, List<String>> identity,
            SSLContext trust,
            Consumer<SourceNote> notes) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        if (trust != null) {
            builder.sslContext(trust);
        }
        this.http = builder.build();
        this.agents = agents;
        this.identity = Map.copyOf(identity);
        this.notes = notes;
    }

    /** Whether a query is one for an agent: a range of time, not the last lines and not what is still to come. */
    public static boolean answers(LogQuery query) {
        boolean ranged =
                query.window().since() != Long.MIN_VALUE + 1 || query.window().until() != Long.MAX_VALUE;
        return ranged && !query.follow() && query.tail() < 0;
    }

    @Override
    public LogStream open(ContainerLog log, LogQuery query) throws IOException {
        URI agent = agents.apply(log).orElseThrow(() -> new IOException("no agent is set up for the node of this pod"));
        if (!identity.containsKey("Authorization")) {
            throw new IOException("the tenant's login has no token, which is all that a log agent can have reviewed");
        }
        String asked = "namespace=" + encoded(log.namespace()) + "&pod=" + encoded(log.pod()) + "&container="
                + encoded(log.container()) + range(query.window()) + (query.previous() ? "&previous=true" : "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(agent + "/v1/logs?" + asked))
                .timeout(ANSWER)
                .GET();
        identity.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        InputStream body = body(send(request.build()), agent);
        return new StampedLines(new Whole(body), log, query.window(), (line, length) -> ended(line, length, log));
    }

    private static String range(Window window) {
        return (window.since() == Long.MIN_VALUE + 1 ? "" : "&since=" + window.since())
                + (window.until() == Long.MAX_VALUE ? "" : "&until=" + window.until());
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the log agent was asked", e);
        }
    }

    private static InputStream body(HttpResponse<InputStream> answer, URI agent) throws IOException {
        if (answer.statusCode() == 200) {
            return answer.body();
        }
        try (InputStream body = answer.body()) {
            String said = new String(body.readNBytes(4096), StandardCharsets.UTF_8);
            throw new IOException("the log agent at " + agent + " answered " + answer.statusCode() + ": " + said);
        }
    }

    private boolean ended(byte[] line, int length, ContainerLog log) throws IOException {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        if (!text.startsWith(END)) {
            throw new IOException("the log agent sent a line without time");
        }
        JsonNode end = JSON.readTree(text.substring(END.length()));
        if (!end.path("orderVerified").asBoolean()) {
            notes.accept(new SourceNote(SourceNote.Kind.ORDER_NOT_VERIFIED, log));
        }
        if (!end.path("complete").asBoolean()) {
            notes.accept(new SourceNote(SourceNote.Kind.CUT_BY_AGENT, log));
        }
        return true;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** An answer that stops before its last line was broken off, so its end is an error and not an end. */
    private static final class Whole extends InputStream {
        private final InputStream in;

        Whole(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return checked(in.read());
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return checked(in.read(into, from, length));
        }

        private static int checked(int got) throws IOException {
            if (got < 0) {
                throw new IOException("the log agent's answer was broken off");
            }
            return got;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
