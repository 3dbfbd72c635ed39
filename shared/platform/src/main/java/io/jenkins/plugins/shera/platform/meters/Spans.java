package io.jenkins.plugins.shera.platform.meters;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;

/**
 * Spans for a Jenkins that runs with OpenTelemetry's Java agent, which takes them and adds the calls made within; without an agent
 * all of it does nothing. Safe from every thread.
 */
public final class Spans {
    private static final AttributeKey<String> WHAT = AttributeKey.stringKey("shera.what");
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey("shera.tenant");
    private static final AttributeKey<String> SUBJECT = AttributeKey.stringKey("shera.subject");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("shera.outcome");
    private static final AttributeKey<String> TASK = AttributeKey.stringKey("shera.task");
    private static final AttributeKey<String> BUILD = AttributeKey.stringKey("shera.build");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("shera.state");

    private Spans() {}

    private static Tracer tracer() {
        return GlobalOpenTelemetry.getTracer("io.jenkins.plugins.shera");
    }

    /** Runs background work in a span of its own, named by the kind of work; a throwable is recorded and passes on. */
    public static void background(String name, Runnable work) {
        Span span = tracer().spanBuilder("shera " + Meters.kind(name))
                .setNoParent()
                .setAttribute(TASK, name)
                .startSpan();
        try (Scope ignored = span.makeCurrent()) {
            work.run();
        } catch (RuntimeException | Error e) {
            span.recordException(e).setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }

    /** Tells of a build's phase that has ended now: {@code build} is the run's name, {@code state} is {@code done} or {@code failed}. */
    public static void phase(String build, String phase, String state, Duration took) {
        Instant end = Instant.now();
        Span span = tracer().spanBuilder("shera build " + phase)
                .setStartTimestamp(end.minus(took))
                .setAttribute(BUILD, build)
                .setAttribute(STATE, state)
                .startSpan();
        if (!state.equals("done")) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(end);
    }

    /** Marks, in the span of the request or task that made it, a line of the audit trail. */
    public static void change(String what, String tenant, String subject, String outcome) {
        Span.current()
                .addEvent(
                        "shera.change", Attributes.of(WHAT, what, TENANT, tenant, SUBJECT, subject, OUTCOME, outcome));
    }
}
