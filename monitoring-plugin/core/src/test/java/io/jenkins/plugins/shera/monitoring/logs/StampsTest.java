package io.jenkins.plugins.shera.monitoring.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampsTest {

    private static long parse(String text) {
        byte[] bytes = ("x" + text + "x").getBytes(StandardCharsets.UTF_8);
        return Stamps.parse(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.1Z",
                "2026-01-02T03:04:05.123456789Z",
                "2024-02-29T23:59:59.9Z",
                "2026-01-02T03:04:05.5+08:00",
                "2026-01-02T03:04:05-03:30",
                "1969-12-31T23:59:59.999999999Z"
            })
    void readsWhateverFractionAndOffset(String text) {
        assertThat(Stamps.instant(parse(text)))
                .isEqualTo(OffsetDateTime.parse(text).toInstant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-01-02T03:04:05",
                "2026-01-02T03:04:05.Z",
                "2026-13-02T03:04:05Z",
                "2026-01-02T25:04:05Z",
                "2026-01-02 03:04:05Z",
                "2026-01-02T03:04:05+8:00",
                "x026-01-02T03:04:05Z",
                "2026-01-02T03:04:05ZZ"
            })
    void takesNothingElseForATime(String text) {
        assertThat(parse(text)).isEqualTo(Stamps.NONE);
    }

    @Test
    void agreesWithJavaOnEveryDay() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-9_000_000_000L, 9_000_000_000L), random.nextInt(1_000_000_000));
            assertThat(parse(instant.toString())).isEqualTo(Stamps.of(instant));
            assertThat(Instant.parse(Stamps.text(Stamps.of(instant)))).isEqualTo(instant);
        }
    }

    @Test
    void refusesAWindowThatEndsBeforeItBegins() {
        Instant noon = Instant.parse("2026-01-02T12:00:00Z");
        assertThatThrownBy(() -> Window.of(noon, noon.minusNanos(1)))
                .hasMessageContaining("ends (2026-01-02T11:59:59.999999999Z) before it begins");
        assertThat(Window.of(noon, noon).holds(Stamps.of(noon))).isTrue();
    }
}
