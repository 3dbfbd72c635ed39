package io.jenkins.plugins.shera.monitoring.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgementsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private static ActiveAlert alert(String metric, String since) {
        return new ActiveAlert(
                Map.of("alertname", "Shera", "tenant", "retail", "metric", metric, "team", "\u7ef4\u62a4"),
                "",
                "",
                "",
                "firing",
                since,
                "1");
    }

    private static Acknowledgement of(ActiveAlert alert, String by) {
        return new Acknowledgement(alert.fingerprint(), by, NOW, "mine");
    }

    @Test
    void holdsForThisAlertAndNotForALaterOneWithItsLabels() {
        ActiveAlert threads = alert("threads", "2026-01-02T03:00:00.123456789Z");

        assertThat(of(threads, "ann").holds(threads)).isTrue();
        assertThat(of(threads, "ann").holds(alert("threads", "2026-01-02T03:04:06Z")))
                .isFalse();
        assertThat(of(threads, "ann").holds(alert("cpu", "2026-01-02T03:00:00Z")))
                .isFalse();
        assertThat(of(threads, "ann").holds(alert("threads", "soon"))).isFalse();
    }

    @Test
    void keepsTheNewestOfAnAlertAndForgetsThoseThatEnded() throws Exception {
        Acknowledgements kept = new Acknowledgements(folder.resolve("new"));
        ActiveAlert threads = alert("threads", "2026-01-02T03:00:00Z");
        ActiveAlert cpu = alert("cpu", "2026-01-02T03:00:00Z");
        kept.add("retail", of(threads, "ann"), List.of(threads, cpu));
        kept.add("retail", of(threads, "bob"), List.of(threads, cpu));
        assertThat(kept.of("retail")).extracting(Acknowledgement::by).containsExactly("bob");
        assertThat(kept.of("bank")).isEmpty();

        kept.add("retail", of(cpu, "eve"), null);
        assertThat(kept.of("retail"))
                .as("a server was silent: nothing is known to have ended")
                .hasSize(2);
        kept.add("retail", of(cpu, "eve"), List.of(cpu));
        assertThat(new Acknowledgements(folder.resolve("new")).of("retail")).containsExactly(of(cpu, "eve"));

        assertThatThrownBy(() -> kept.of("../retail")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void alertmanagerGivesAnAlertTheSameFingerprint() throws Exception {
        ActiveAlert alert = alert("threads", "");
        try (RealAlertmanager real = RealAlertmanager.start(folder)) {
            real.alert(new ObjectMapper().writeValueAsString(alert.labels()));
            JsonNode all = new ObjectMapper()
                    .readTree(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(real.url() + "/api/v2/alerts"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
            assertThat(all.at("/0/fingerprint").asText()).isEqualTo(alert.fingerprint());
        }
    }
}
