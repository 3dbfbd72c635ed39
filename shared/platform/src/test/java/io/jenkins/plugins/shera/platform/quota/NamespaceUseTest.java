package io.jenkins.plugins.shera.platform.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a server that answers as the Kubernetes API does: amounts like these cannot be had on demand from a real one. */
class NamespaceUseTest {

    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = answers.get(exchange.getRequestURI().getPath());
            byte[] bytes = (body == null ? "{\"kind\":\"Status\",\"code\":404,\"reason\":\"NotFound\"}" : body)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        answers.put("/api/v1/namespaces/pay/pods", "{\"items\":[]}");
        answers.put("/api/v1/namespaces/pay/persistentvolumeclaims", "{\"items\":[]}");
        answers.put("/api/v1/namespaces/pay/resourcequotas", "{\"items\":[]}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void addsUpWhatTheSchedulerReserves() throws IOException {
        answers.put(
                "/api/v1/namespaces/pay/pods",
                """
                {"items":[
                  {"status":{"phase":"Running"},"spec":{
                    "containers":[{"resources":{"requests":{"cpu":"250m","memory":"1Gi"}}},{"resources":{"requests":{"cpu":"250m"}}}],
                    "initContainers":[{"resources":{"requests":{"cpu":"2","memory":"64Mi"}}}]}},
                  {"status":{"phase":"Succeeded"},"spec":{"containers":[{"resources":{"requests":{"cpu":"64"}}}]}},
                  {"status":{"phase":"Pending"},"spec":{"containers":[{}],"overhead":{"cpu":"100m"}}}]}""");
        answers.put(
                "/api/v1/namespaces/pay/persistentvolumeclaims",
                """
                {"items":[{"spec":{"resources":{"requests":{"storage":"10Gi"}}},"status":{"capacity":{"storage":"12Gi"}}}]}""");

        Use use = read();

        assertThat(use.cpu().asked()).isEqualByComparingTo("2.1");
        assertThat(use.memory().asked()).isEqualByComparingTo(BigDecimal.valueOf(1L << 30));
        assertThat(use.pods().asked()).isEqualByComparingTo("2");
        assertThat(use.storage().asked()).isEqualByComparingTo(BigDecimal.valueOf(10L << 30));
        assertThat(use.storage().used()).isEqualByComparingTo(BigDecimal.valueOf(12L << 30));
    }

    @Test
    void doesNotClaimToKnowWhatIsUsedWithoutMetrics() throws IOException {
        assertThat(read().cpu().used()).isNull();
        assertThat(read().cpu().allowed()).isNull();
    }

    @Test
    void takesTheNarrowestOfSeveralBounds() throws IOException {
        answers.put(
                "/api/v1/namespaces/pay/resourcequotas",
                """
                {"items":[{"status":{"hard":{"requests.cpu":"8","pods":"50"}}},{"status":{"hard":{"cpu":"4"}}}]}""");
        answers.put(
                "/apis/metrics.k8s.io/v1beta1/namespaces/pay/pods",
                """
                {"items":[{"containers":[{"usage":{"cpu":"125000000n","memory":"300Mi"}}]}]}""");

        Use use = read();

        assertThat(use.cpu().allowed()).isEqualByComparingTo("4");
        assertThat(use.pods().allowed()).isEqualByComparingTo("50");
        assertThat(use.cpu().used()).isEqualByComparingTo("0.125");
    }

    private Use read() throws IOException {
        ClusterAccess access = ClusterAccess.at(
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .declaredInsecure(true)
                .done();
        try (ClusterClient client = ClusterClient.open(access, TimeLimits.INTERACTIVE)) {
            return NamespaceUse.read(client.api(), "pay");
        }
    }
}
