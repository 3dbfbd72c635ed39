package io.jenkins.plugins.shera.deploy.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebHookMeasurerTest {

    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile String asked = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static AnalysisSpec spec(String url) {
        return new AnalysisSpec(
                AnalysisSpec.Kind.WEB_HOOK, url, "", new Bounds(0.5, null, null, null), false, 1, 1, 60, 0, 0, 0);
    }

    private Sample measure() throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/judge";
        return new WebHookMeasurer(Map.of("application", "shop"))
                .measure(spec(url), "1-2-3")
                .orElseThrow();
    }

    @Test
    void tellsWhatIsMeasuredAndReadsTheValue() throws IOException {
        answer = "{\"value\": 0.75, \"stable\": 0.5}";
        Sample sample = measure();
        assertThat(sample.canary()).isEqualTo(0.75);
        assertThat(sample.stable()).isEqualTo(0.5);
        assertThat(asked).contains("\"application\":\"shop\"").contains("\"run\":\"1-2-3\"");
    }

    @Test
    void takesNothingButANumberForAValueAndFollowsNobody() {
        answer = "{\"value\": \"0.9\"}";
        assertThatThrownBy(this::measure).hasMessageContaining("did not answer");
        answer = "<html>";
        assertThatThrownBy(this::measure).isInstanceOf(IOException.class);
        status = 500;
        assertThatThrownBy(this::measure).hasMessageContaining("HTTP 500");
        status = 302;
        assertThatThrownBy(this::measure).hasMessageContaining("HTTP 302");
    }

    @Test
    void asksNoAddressThatCloudsKeepCredentialsAt() {
        for (String url : new String[] {
            "http://169.254.169.254/latest", "http://0.0.0.0/", "file:///etc/passwd", "http://u:p@127.0.0.1/"
        }) {
            assertThatThrownBy(() -> new WebHookMeasurer(Map.of()).measure(spec(url), "1"))
                    .as(url)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the address of the web hook must");
        }
    }
}
