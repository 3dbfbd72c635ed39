package io.jenkins.plugins.shera.kube.api;

import static io.jenkins.plugins.shera.kube.api.FaultyServer.SILENCE;
import static io.jenkins.plugins.shera.kube.api.FaultyServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KubeApiFaultsTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String OK = answer("200 OK", "", "{\"items\":[{\"a\":1}]}");

    private static void fails(ThrowingCallable call, Kind kind, String... texts) {
        assertThatThrownBy(call)
                .isInstanceOf(KubeException.class)
                .hasMessageContainingAll(texts)
                .extracting(e -> ((KubeException) e).kind())
                .isEqualTo(kind);
    }

    @Test
    void survivesAServerThatDropsConnectionsAndAnswers5xx() throws Exception {
        try (FaultyServer server = new FaultyServer(
                        "",
                        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half",
                        answer("503 Unavailable", "", "<html>"),
                        OK);
                ClusterClient client = server.client(LONG, LONG)) {
            assertThat(client.api().get("/version").path("items")).hasSize(1);
            assertThat(server.served()).isEqualTo(4);
        }
    }

    @Test
    void endsAStallThatAServerAsksFor() throws Exception {
        String busy =
                answer("429 Too Many Requests", "Retry-After: 3600\r\n", "{\"kind\":\"Status\",\"message\":\"busy\"}");
        try (FaultyServer server = new FaultyServer(busy);
                ClusterClient client = server.client(LONG, LONG)) {
            fails(() -> client.api().get("/version"), Kind.OVERLOADED, "GET /version at http://127.0.0.1:", "busy.");
            assertThat(server.served()).isEqualTo(1);
        }
    }

    @Test
    void endsAnAnswerThatGoesSilentInTheMiddle() throws Exception {
        try (FaultyServer server = new FaultyServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half" + SILENCE);
                ClusterClient client = server.client(SHORT, SHORT)) {
            fails(() -> client.api().get("/version"), Kind.UNREACHABLE, "no complete answer within 500 ms");
        }
    }

    @Test
    void endsAnAnswerThatNeverBegins() throws Exception {
        try (FaultyServer server = new FaultyServer(SILENCE);
                ClusterClient client = server.client(SHORT, SHORT)) {
            fails(() -> client.api().get("/version"), Kind.UNREACHABLE, "/version");
        }
    }

    @Test
    void endsAnAnswerThatIsTooLarge() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 40000000\r\n\r\n";
        try (FaultyServer server = new FaultyServer(head + "x".repeat(40_000_000));
                ClusterClient client = server.client(LONG, LONG)) {
            fails(() -> client.api().get("/version"), Kind.REFUSED, "larger than 32 MiB");
        }
    }

    @Test
    void readsAListAgainWhenItExpiresBetweenTwoPages() throws Exception {
        String first = answer("200 OK", "", "{\"metadata\":{\"continue\":\"t\"},\"items\":[{\"a\":1}]}");
        String expired = answer("410 Gone", "", "{\"kind\":\"Status\",\"reason\":\"Expired\",\"message\":\"too old\"}");
        try (FaultyServer server = new FaultyServer(first, expired, first, OK);
                ClusterClient client = server.client(LONG, LONG)) {
            assertThat(client.api().list(ResourceKind.POD, "n", "a=b", "")).hasSize(2);
        }
    }

    @Test
    void doesNotRepeatWhatWillNotPass() throws Exception {
        String denied = answer("403 Forbidden", "", "{\"kind\":\"Status\",\"message\":\"exceeded quota: q\"}");
        try (FaultyServer server = new FaultyServer(denied);
                ClusterClient client = server.client(LONG, LONG)) {
            fails(() -> client.api().get("/version"), Kind.FORBIDDEN, "exceeded quota: q.");
            assertThat(server.served()).isEqualTo(1);
        }
    }

    @Test
    void saysThatSomethingElseAnswers() throws Exception {
        try (FaultyServer server = new FaultyServer(answer("200 OK", "", "<html>hello</html>"));
                ClusterClient client = server.client(LONG, LONG)) {
            fails(() -> client.api().get("/version"), Kind.REFUSED, "is not JSON", "Check the address");
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (FaultyServer other = new FaultyServer(OK);
                FaultyServer server =
                        new FaultyServer(answer("302 Found", "Location: " + other.address() + "/\r\n", ""));
                ClusterClient client = server.client(LONG, LONG)) {
            fails(() -> client.api().get("/version"), Kind.REFUSED, "302");
            assertThat(other.served()).isZero();
        }
    }

    @Test
    void saysThatNothingListens() throws Exception {
        FaultyServer server = new FaultyServer(OK);
        try (ClusterClient client = server.client(SHORT, SHORT)) {
            server.close();
            fails(() -> client.api().get("/version"), Kind.UNREACHABLE, "the cluster does not answer");
        }
    }

    @Test
    void keepsPathsFreeOfWhatPeopleType() {
        assertThatThrownBy(() -> new ObjectRef(ResourceKind.POD, "n", "../../secrets/x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(URI.create("http://h" + new ObjectRef(ResourceKind.POD, "n", "p").path()))
                .hasPath("/api/v1/namespaces/n/pods/p");
    }
}
