package io.jenkins.plugins.shera.platform.meters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetersTest {

    @Test
    void countsTimesAndReadingsAsPrometheusReadsThem() throws Exception {
        Meters.get().change("meters.test", "a\"b\n", "done");
        Meters.get().change("meters.test", "a\"b\n", "done");
        Meters.get().background("meters of shop in prod", Duration.ofMillis(20));
        Meters.get().phase("meters", "done", Duration.ofSeconds(3));

        assertThat(text(List.of(
                        new Reading("shera_open", "Open things.", Map.of("tenant", "shop"), 2),
                        new Reading("shera_open", "Open things.", Map.of("tenant", "bank"), 0))))
                .contains("shera_changes_total{outcome=\"done\",tenant=\"a\\\"b\\n\",what=\"meters.test\"} 2.0")
                .contains("shera_background_seconds_bucket{task=\"meters\",le=\"0.01\"} 0")
                .contains("shera_background_seconds_bucket{task=\"meters\",le=\"0.05\"} 1")
                .contains("shera_build_phase_seconds_sum{phase=\"meters\",state=\"done\"} 3.0")
                .containsOnlyOnce("# TYPE shera_open gauge")
                .contains("shera_open{tenant=\"shop\"} 2.0", "shera_open{tenant=\"bank\"} 0.0");
    }

    private static String text(List<Reading> now) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Meters.get().write(out, now);
        return out.toString(StandardCharsets.UTF_8);
    }
}
