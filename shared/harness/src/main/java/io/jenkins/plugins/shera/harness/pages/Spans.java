package io.jenkins.plugins.shera.harness.pages;

import java.time.Duration;

/** Lengths of time in the two largest units that matter. */
final class Spans {
    private Spans() {}

    static String of(long millis) {
        Duration span = Duration.ofMillis(Math.max(0, millis));
        if (span.toMinutes() < 1) {
            long tenths = span.toMillis() / 100;
            return PageTexts.get(
                    "Seconds", tenths < 100 ? tenths / 10 + "." + tenths % 10 : Long.toString(tenths / 10));
        }
        if (span.toHours() < 1) {
            return PageTexts.get("Minutes", span.toMinutes(), span.toSecondsPart());
        }
        return span.toDays() < 1
                ? PageTexts.get("Hours", span.toHours(), span.toMinutesPart())
                : PageTexts.get("Days", span.toDays(), span.toHoursPart());
    }

    static String since(long instant) {
        long span = System.currentTimeMillis() - instant;
        return span < 5_000 ? PageTexts.get("Just_Now") : PageTexts.get("Ago", of(span));
    }
}
