package io.jenkins.plugins.shera.monitoring.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.logs.LineFilter;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as an agent would, or would not. */
class AgentFirstTest {

    private static final ContainerLog SHOP = new ContainerLog("prod", "shop-1", "shop");
    private static final Window RANGE =
            Window.of(Instant.parse("2026-01-02T03:04:00Z"), Instant.parse("2026-01-02T03:05:00Z"));
    private static final Map<String, List<String>> TOKEN = Map.of("Authorization", List.of("Bearer own"));

    private final List<String> asked = new ArrayList<>();
    private final List<ContainerLog> other = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String speaks = "2";
    private long clock;
    private String body = "2026-01-02T03:04:05.000000000Z found\n#end {\"orderVerified\":true,\"complete\":true}\n";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            if (!speaks.isEmpty()) {
                exchange.getResponseHeaders().set("Shera-Log-Agent", speaks);
            }
            exchange.getResponseHeaders().set("Shera-Time", String.valueOf(Stamps.of(Instant.now()) + clock));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private AgentFirst source(Map<String, List<String>> identity) {
        return new AgentFirst(
                notes -> new AgentLogs(log -> Optional.of(address()), identity, null, notes), (log, query) -> {
                    other.add(log);
                    return new LogStream() {
                        @Override
                        public LogLine next() {
                            return null;
                        }

                        @Override
                        public void close() {
                            // Nothing is open.
                        }
                    };
                });
    }

    private static LogQuery query(boolean byClock) {
        return new LogQuery(RANGE, -1, false, false, LineFilter.of("fou?nd", true), byClock);
    }

    private static List<String> texts(LogStream opened) throws IOException {
        List<String> texts = new ArrayList<>();
        try (LogStream stream = opened) {
            for (LogLine line = stream.next(); line != null; line = stream.next()) {
                texts.add(line.text());
            }
        }
        return texts;
    }

    @Test
    void anAgentGivesTheRangeAndVouchesForIt() throws IOException {
        AgentFirst source = source(TOKEN);
        assertThat(texts(source.open(SHOP, query(false)))).containsExactly("found");
        assertThat(source.origins()).containsExactly(new AgentFirst.Origin(SHOP, true, null, ""));
        assertThat(source.isOrdered(SHOP)).isTrue();
        assertThat(source.isCut(SHOP)).isFalse();
        assertThat(asked)
                .singleElement()
                .asString()
                .contains("grep=fou%3Fnd&regex=true")
                .endsWith("Bearer own");
        assertThat(other).isEmpty();
    }

    @Test
    void withoutATokenOfItsOwnNobodyIsAsked() throws IOException {
        AgentFirst source = source(Map.of());
        source.open(SHOP, query(true));
        assertThat(source.origins().get(0).why()).isEqualTo(AgentException.Kind.NO_TOKEN);
        assertThat(source.isOrdered(SHOP)).isFalse();
        assertThat(asked).isEmpty();
        assertThat(other).containsExactly(SHOP);
    }

    @Test
    void eachFailureFallsBackWithItsReason() throws IOException {
        for (Object[] each : List.of(
                new Object[] {401, "2", AgentException.Kind.REFUSED},
                new Object[] {403, "2", AgentException.Kind.REFUSED},
                new Object[] {503, "2", AgentException.Kind.BUSY},
                new Object[] {404, "2", AgentException.Kind.NO_LOG},
                new Object[] {404, "", AgentException.Kind.TOO_OLD},
                new Object[] {200, "", AgentException.Kind.TOO_OLD},
                new Object[] {200, "1", AgentException.Kind.TOO_OLD},
                new Object[] {502, "2", AgentException.Kind.FAILED})) {
            status = (int) each[0];
            speaks = (String) each[1];
            AgentFirst source = source(TOKEN);
            source.open(SHOP, query(false));
            assertThat(source.origins().get(0).why()).as("%s %s", each).isEqualTo(each[2]);
        }
    }

    @Test
    void anAgentThatIsDownIsAskedOnceOnly() throws IOException {
        AgentFirst source = source(TOKEN);
        server.stop(0);
        source.open(SHOP, query(false));
        source.open(new ContainerLog("prod", "shop-2", "shop"), query(false));
        assertThat(source.origins()).extracting(AgentFirst.Origin::why).containsOnly(AgentException.Kind.DOWN);
        assertThat(asked).isEmpty();
        assertThat(other).hasSize(2);
    }

    @Test
    void whatIsNoRangeIsNoneOfAnAgent() throws IOException {
        AgentFirst source = source(TOKEN);
        source.open(SHOP, new LogQuery(Window.of(null, null), 100, false, false));
        source.open(SHOP, new LogQuery(RANGE, -1, true, false));
        assertThat(asked).isEmpty();
        assertThat(source.origins()).allMatch(origin -> !origin.agent() && origin.why() == null);
    }

    @Test
    void aNodeWhoseClockIsAheadIsAskedForItsOwnTimes() throws IOException {
        clock = 3_600_000_000_000L;
        body = "2026-01-02T04:04:05.000000000Z found\n#end {\"orderVerified\":false,\"complete\":false}\n";
        AgentFirst source = source(TOKEN);
        assertThat(texts(source.open(SHOP, query(true)))).containsExactly("found");
        assertThat(source.ahead(SHOP)).isBetween(3_590_000_000_000L, 3_600_000_000_000L);
        assertThat(source.isOrdered(SHOP)).isFalse();
        assertThat(source.isCut(SHOP)).isTrue();
        assertThat(asked.get(0)).startsWith("/v1/time").endsWith("null");
        assertThat(AgentLogs.probe(address(), null)).isGreaterThan(3_590_000_000_000L);
    }

    @Test
    void anAddressIsMadeOfANodeThatHasAName() {
        assertThat(AgentAddress.of("https://{node}:8441").of("node-1", "")).contains(URI.create("https://node-1:8441"));
        assertThat(AgentAddress.of("https://{ip}:8441").of("", "fd00::1"))
                .contains(URI.create("https://[fd00::1]:8441"));
        for (String node : List.of("", "a/b", "a@b", "a:1", "..", "A", "a?b")) {
            assertThat(AgentAddress.of("https://{node}:8441").of(node, "10.0.0.1"))
                    .as(node)
                    .isEmpty();
        }
        assertThat(AgentAddress.of("http://127.0.0.1:8441").isSecure()).isFalse();
        for (String bad : List.of(
                "",
                "http://{node}:8441",
                "https://u@{node}",
                "https://{node}/x",
                "https://{node}?x",
                "ftp://{ip}",
                "https://{x}",
                "http://127.0.0.1.example.com",
                "http://localhost:1/")) {
            assertThatThrownBy(() -> AgentAddress.of(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
