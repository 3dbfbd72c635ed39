package io.jenkins.plugins.shera.platform.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeWindowTest {

    private static FreezeWindow window(String days, String dates, String from, String to, String zone) {
        return FreezeText.window(
                "test", days, dates.isEmpty() ? List.of() : List.of(dates.split(" ")), from, to, zone, "");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T01:14:59Z, false", // Thursday 09:14:59 in Shanghai
        "2026-11-26T01:15:00Z, true",
        "2026-11-26T07:14:59Z, true",
        "2026-11-26T07:15:00Z, false",
        "2026-11-27T16:30:00Z, false", // Saturday there, Friday in UTC
        "2026-10-01T02:00:00Z, true",
    })
    void holdsInItsOwnTimeZone(String now, boolean holds) {
        FreezeWindow trading = window("MON-FRI", "2026-10-01", "09:15", "15:15", "Asia/Shanghai");

        assertThat(trading.holds(Instant.parse(now))).isEqualTo(holds);
    }

    @Test
    void goesOverMidnightAndBelongsToTheDayItBegins() {
        FreezeWindow night = window("FRI", "", "22:00", "06:00", "UTC");

        assertThat(night.holds(Instant.parse("2026-11-27T22:00:00Z"))).isTrue();
        assertThat(night.holds(Instant.parse("2026-11-28T05:59:00Z"))).isTrue();
        assertThat(night.holds(Instant.parse("2026-11-27T05:59:00Z"))).isFalse();
        assertThat(night.until(Instant.parse("2026-11-27T23:00:00Z")))
                .hasValueSatisfying(end -> assertThat(end.toInstant()).isEqualTo("2026-11-28T06:00:00Z"));
    }

    @Test
    void tellsWhenHolidaysAreOverEvenWhereTheClockIsChangedMeanwhile() {
        FreezeWindow days = window("SAT,SUN", "2026-10-23..2026-10-27", "", "", "Europe/Berlin");

        assertThat(days.until(Instant.parse("2026-10-23T10:00:00Z")))
                .hasValueSatisfying(end -> assertThat(end.toInstant()).isEqualTo("2026-10-27T23:00:00Z"));
    }

    @Test
    void hasNoEndWhenEveryDayIsFrozen() {
        FreezeWindow always = window("", "", "", "", "UTC");

        assertThat(always.holds(Instant.now())).isTrue();
        assertThat(always.until(Instant.now())).isEmpty();
    }

    @Test
    void speaksOfTheEnvironmentsItNames() {
        FreezeWindow prod = FreezeText.window("x", "", List.of(), "", "", "UTC", "prod, live");

        assertThat(prod.covers("prod")).isTrue();
        assertThat(prod.covers("dev")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', MON, '', '', '', UTC, name",
        "x, MOON, '', '', '', UTC, days",
        "x, '', 2026-13-01, '', '', UTC, dates",
        "x, '', 2026-10-07..2026-10-01, '', '', UTC, dates",
        "x, '', '', 25:00, 09:00, UTC, from",
        "x, '', '', 09:00, '', UTC, to",
        "x, '', '', 09:00, 09:00, UTC, to",
        "x, '', '', '', '', Mars/Base, zone",
    })
    void refusesWhatCannotBeReadAtItsField(
            String name, String days, String dates, String from, String to, String zone, String field) {
        assertThatThrownBy(() ->
                        FreezeText.window(name, days, dates.isEmpty() ? List.of() : List.of(dates), from, to, zone, ""))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.where()).isEqualTo(field));
    }
}
