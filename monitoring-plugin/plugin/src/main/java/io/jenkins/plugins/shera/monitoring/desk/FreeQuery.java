package io.jenkins.plugins.shera.monitoring.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.charts.FreeChart;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusException;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.promql.parse.Query;
import io.jenkins.plugins.shera.monitoring.promql.parse.QueryException;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** PromQL that somebody wrote, asked in the namespace of one environment only. */
public final class FreeQuery {

    private static final Semaphore AT_A_TIME = new Semaphore(2);

    private FreeQuery() {}

    /**
     * The values over a stretch of time, and the query as Prometheus was asked it.
     *
     * @throws Refusal when the query is not understood, Prometheus does not take it, or too much is asked at once
     */
    public static ObjectNode of(Tenant tenant, Environment environment, String text, Chart.Span span) {
        Query query;
        try {
            query = Query.read(text).within(Matcher.equal("namespace", environment.getNamespace()));
        } catch (QueryException e) {
            throw refused(
                    Refusal.Kind.INPUT, "query", Messages.FreeQuery_at(String.valueOf(e.at() + 1), e.why()), e.next());
        }
        PrometheusServer server = Watching.serverOf(tenant, environment)
                .orElseThrow(() -> refused(
                        Refusal.Kind.INPUT,
                        "environment",
                        Messages.FreeQuery_unwatched(),
                        Messages.FreeQuery_unwatched_next()));
        checkAlone(tenant, environment, server);
        if (!AT_A_TIME.tryAcquire()) {
            throw refused(Refusal.Kind.CONFLICT, "query", Messages.FreeQuery_busy(), Messages.FreeQuery_busy_next());
        }
        try {
            return json(server, query, FreeChart.read(server.client(), query, span), span);
        } catch (PrometheusException e) {
            if (!e.said().isEmpty()) {
                throw refused(Refusal.Kind.INPUT, "query", e.said(), Messages.FreeQuery_refused_next(query.text()));
            }
            throw silent(server);
        } catch (IOException e) {
            throw silent(server);
        } finally {
            AT_A_TIME.release();
        }
    }

    /** Series of two clusters look alike: one name of a namespace must not mean two tenants. */
    private static void checkAlone(Tenant tenant, Environment environment, PrometheusServer server) {
        if (Watching.isShared(tenant, environment.getNamespace(), server)) {
            throw refused(
                    Refusal.Kind.INPUT, "environment", Messages.FreeQuery_shared(), Messages.FreeQuery_shared_next());
        }
    }

    /** Its words may name what is not this reader's. */
    private static Refusal silent(PrometheusServer server) {
        return refused(
                Refusal.Kind.UNAVAILABLE,
                "Prometheus " + server.getId(),
                Messages.FreeQuery_silent(),
                Messages.FreeQuery_silent_next());
    }

    private static Refusal refused(Refusal.Kind kind, String where, String why, String next) {
        return new Refusal(kind, Messages.FreeQuery_failed(), where, why, next);
    }

    private static ObjectNode json(PrometheusServer server, Query query, FreeChart chart, Chart.Span span) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("server", server.getId())
                .put("query", query.text())
                .put("since", span.since().toString())
                .put("until", span.until().toString())
                .put("step", span.step().toSeconds())
                .put("left", chart.left());
        ArrayNode lines = body.putArray("lines");
        for (Chart.Line line : chart.lines()) {
            ArrayNode points = lines.addObject().put("pod", line.pod()).putArray("points");
            for (Series.Sample sample : line.samples()) {
                points.addArray().add(sample.at()).add(sample.value());
            }
        }
        return body;
    }
}
