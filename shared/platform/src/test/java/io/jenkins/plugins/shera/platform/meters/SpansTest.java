package io.jenkins.plugins.shera.platform.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.security.ACL;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** OpenTelemetry's own SDK stands where the Java agent puts it. */
class SpansTest {
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @BeforeEach
    void agent() {
        GlobalOpenTelemetry.resetForTest();
        GlobalOpenTelemetry.set(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build());
    }

    @AfterEach
    void gone() {
        GlobalOpenTelemetry.resetForTest();
    }

    private SpanData only() {
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
        return exporter.getFinishedSpanItems().get(0);
    }

    @Test
    void aPhaseOfABuildHasItsOwnTime() {
        Spans.phase("retail/shop#7", "sonar", "failed", Duration.ofSeconds(90));

        SpanData span = only();
        assertThat(span.getName()).isEqualTo("shera build sonar");
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos())
                .isEqualTo(Duration.ofSeconds(90).toNanos());
        assertThat(span.getAttributes().get(AttributeKey.stringKey("shera.build")))
                .isEqualTo("retail/shop#7");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void workThatFailsSaysSoAndPassesItsErrorOn() {
        assertThatThrownBy(() -> Spans.background("rollout of shop in prod", () -> {
                    throw new IllegalStateException("gone");
                }))
                .hasMessage("gone");

        assertThat(only().getName()).isEqualTo("shera rollout");
        assertThat(only().getEvents()).hasSize(1);
        assertThat(only().getAttributes().get(AttributeKey.stringKey("shera.task")))
                .isEqualTo("rollout of shop in prod");
    }

    @Test
    @WithJenkins
    void backgroundWorkBearsTheChangesItMade(JenkinsRule jenkins) throws Exception {
        Schedules.get().after(Duration.ofMillis(1), "drift check of edge", ACL.SYSTEM_USERNAME, () -> AuditLine.of(
                        "nginx.drift", "edge")
                .done());
        await().until(() -> exporter.getFinishedSpanItems().stream().anyMatch(this::drift));

        SpanData span = exporter.getFinishedSpanItems().stream()
                .filter(this::drift)
                .findFirst()
                .orElseThrow();
        assertThat(span.getEvents().get(0).getName()).isEqualTo("shera.change");
        assertThat(span.getEvents().get(0).getAttributes().get(AttributeKey.stringKey("shera.subject")))
                .isEqualTo("edge");
    }

    private boolean drift(SpanData span) {
        return span.getName().equals("shera drift check");
    }
}
