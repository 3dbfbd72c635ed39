package io.jenkins.plugins.shera.monitoring.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.logs.LineFilter;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * The log agents of a cluster's nodes: time ranges, in rotated files and runs before a restart, too. For one thread; an agent that
 * did not answer once is not asked again by the same object.
 */
public final class AgentLogs implements LogSource {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String END = "#end ";
    private static final int SPEAKS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final Function<ContainerLog, Optional<URI>> agents;
    private final Map<String, List<String>> identity;
    private final Consumer<SourceNote> notes;
    private final Map<URI, AgentException> down = new HashMap<>();
    private final Map<URI, Long> ahead = new HashMap<>();

    /**
     * Asks as one identity, whom each agent has the API server review.
     *
     * @param agents the agent on a container's node, {@code https://node:8441}
     * @param identity headers, as {@code ClusterAccess.identityHeaders} gives them; must be the reader's own
     * @param trust whom to trust with them; null for those that Java trusts
     * @param notes told what a reader should know; from the reading thread
     */
    public AgentLogs(
            Function<ContainerLog, Optional<URI>> agents,
            Map<String, List<String>> identity,
            SSLContext trust,
            Consumer<SourceNote> notes) {
        this.http = client(trust);
        this.agents = agents;
        this.identity = Map.copyOf(identity);
        this.notes = notes;
    }

    private static HttpClient client(SSLContext trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        if (trust != null) {
            builder.sslContext(trust);
        }
        return builder.build();
    }

    /** Whether a query is one for an agent: a range of time, not the last lines and not what is still to come. */
    public static boolean answers(LogQuery query) {
        boolean ranged =
                query.window().since() != Long.MIN_VALUE + 1 || query.window().until() != Long.MAX_VALUE;
        return ranged && !query.follow() && query.tail() < 0;
    }

    @Override
    public LogStream open(ContainerLog log, LogQuery query) throws IOException {
        URI agent = agents.apply(log)
                .orElseThrow(() -> new AgentException(
                        AgentException.Kind.NO_AGENT, "no agent is set up for the node of this pod"));
        if (!identity.containsKey("Authorization")) {
            throw new AgentException(
                    AgentException.Kind.NO_TOKEN,
                    "the tenant's login has no token, which is all that a log agent can have reviewed");
        }
        if (down.containsKey(agent)) {
            throw down.get(agent);
        }
        if (query.byClock() && !ahead.containsKey(agent)) {
            discard(ask(agent, "/v1/time", Map.of()));
        }
        Window window = query.byClock() ? query.window().later(ahead.getOrDefault(agent, 0L)) : query.window();
        String asked = "/v1/logs?namespace=" + encoded(log.namespace()) + "&pod=" + encoded(log.pod()) + "&container="
                + encoded(log.container()) + range(window) + (query.previous() ? "&previous=true" : "")
                + filter(query.filter());
        HttpResponse<InputStream> answer = ask(agent, asked, identity);
        return new StampedLines(
                new Whole(answer.body()), log, window, LineFilter.ALL, (line, length) -> ended(line, length, log));
    }

    /**
     * Whether an agent answers there, without showing it anybody: by how many nanoseconds its clock is ahead of ours for certain,
     * negative when it is behind.
     */
    public static long probe(URI agent, SSLContext trust) throws AgentException {
        AgentLogs one = new AgentLogs(log -> Optional.of(agent), Map.of(), trust, note -> {});
        discard(one.ask(agent, "/v1/time", Map.of()));
        return one.ahead.getOrDefault(agent, 0L);
    }

    /** By how many nanoseconds the clock of the container's node is ahead of ours for certain; 0 before its agent has answered. */
    public long ahead(ContainerLog log) {
        return agents.apply(log).map(agent -> ahead.getOrDefault(agent, 0L)).orElse(0L);
    }

    private static String range(Window window) {
        return (window.since() == Long.MIN_VALUE + 1 ? "" : "&since=" + window.since())
                + (window.until() == Long.MAX_VALUE ? "" : "&until=" + window.until());
    }

    private static String filter(LineFilter filter) {
        return filter.isAll() ? "" : "&grep=" + encoded(filter.wanted()) + (filter.isExpression() ? "&regex=true" : "");
    }

    private HttpResponse<InputStream> ask(URI agent, String path, Map<String, List<String>> headers)
            throws AgentException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(agent + path)).timeout(ANSWER).GET();
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        HttpResponse<InputStream> answer;
        long before = Stamps.of(Instant.now());
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(AgentException.Kind.FAILED, "interrupted while the log agent was asked", e);
        } catch (IOException e) {
            AgentException gone = new AgentException(
                    AgentException.Kind.DOWN, "the log agent at " + agent + " does not answer: " + e.getMessage(), e);
            down.put(agent, gone);
            throw gone;
        }
        check(answer, agent);
        measure(agent, before, answer.headers().firstValueAsLong("Shera-Time").orElse(before));
        return answer;
    }

    /** Its time lay between ours before and ours after, so that what is beyond them is a difference of clocks. */
    private void measure(URI agent, long before, long theirs) {
        long after = Stamps.of(Instant.now());
        ahead.put(agent, theirs > after ? theirs - after : Math.min(0, theirs - before));
    }

    private void check(HttpResponse<InputStream> answer, URI agent) throws AgentException {
        long speaks = answer.headers().firstValueAsLong("Shera-Log-Agent").orElse(0);
        if (answer.statusCode() == 200 && speaks >= SPEAKS) {
            return;
        }
        String said;
        try (InputStream body = answer.body()) {
            said = new String(body.readNBytes(4096), StandardCharsets.UTF_8);
        } catch (IOException e) {
            said = "";
        }
        AgentException.Kind kind =
                switch (answer.statusCode()) {
                    case 401, 403 -> AgentException.Kind.REFUSED;
                    case 429, 503 -> AgentException.Kind.BUSY;
                    case 404 -> speaks >= SPEAKS ? AgentException.Kind.NO_LOG : AgentException.Kind.TOO_OLD;
                    case 200 -> AgentException.Kind.TOO_OLD;
                    default -> AgentException.Kind.FAILED;
                };
        AgentException refused = new AgentException(
                kind,
                "the log agent at " + agent + " answered " + answer.statusCode() + " (" + kind + "): "
                        + (answer.statusCode() == 200 ? "" : said));
        if (kind == AgentException.Kind.TOO_OLD) {
            down.put(agent, refused);
        }
        throw refused;
    }

    private static void discard(HttpResponse<InputStream> answer) throws AgentException {
        try (InputStream body = answer.body()) {
            body.readNBytes(64);
        } catch (IOException e) {
            throw new AgentException(AgentException.Kind.DOWN, "the log agent's answer was broken off", e);
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
