package io.jenkins.plugins.shera.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.server.FaultProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Downloads that trickle, and such as fall silent; the patience of a minute is given shorter here. */
class SlowRegistryTest {
    private static final int PIECES = 16;

    private final CountDownLatch end = new CountDownLatch(1);
    private FaultProxy registry;

    @BeforeEach
    void start() throws IOException {
        registry = new FaultProxy("");
    }

    @AfterEach
    void stop() {
        end.countDown();
        registry.close();
    }

    private InputStream get() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + registry.host() + "/blob"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body();
    }

    @Test
    void oneThatTricklesIsReadToItsEndHoweverLongThatTakes() throws Exception {
        registry.on("GET", "/blob", 1, (exchange, body) -> {
            exchange.sendResponseHeaders(200, PIECES);
            for (int i = 0; i < PIECES; i++) {
                Thread.sleep(200);
                exchange.getResponseBody().write(i);
                exchange.getResponseBody().flush();
            }
        });

        try (InputStream in = new StallWatch(get(), Duration.ofSeconds(3))) {
            assertThat(in.readAllBytes()).hasSize(PIECES);
        }
    }

    @Test
    void oneThatFallsSilentIsGivenUp() throws Exception {
        registry.on("GET", "/blob", 1, (exchange, body) -> {
            exchange.sendResponseHeaders(200, PIECES);
            exchange.getResponseBody().write(0);
            exchange.getResponseBody().flush();
            end.await();
        });

        try (InputStream in = new StallWatch(get(), Duration.ofSeconds(1))) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }
}
