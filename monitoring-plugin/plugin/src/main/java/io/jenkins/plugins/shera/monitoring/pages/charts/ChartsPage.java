package io.jenkins.plugins.shera.monitoring.pages.charts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.desk.CountNow;
import io.jenkins.plugins.shera.monitoring.desk.FreeQuery;
import io.jenkins.plugins.shera.monitoring.desk.MetricPast;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdDesk;
import io.jenkins.plugins.shera.monitoring.desk.Watching;
import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** What one application measures, asked in its environments' own namespaces only. */
@ExportedBean
public final class ChartsPage extends TabPage {

    private static final int MOST_METRICS = 12;

    private final Tenant tenant;
    private final Application application;

    ChartsPage(Tenant tenant, Application application) {
        super(application, "charts");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.ChartsTab_title();
    }

    @Override
    public String getPlugin() {
        return "shera-monitoring";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Name of the application. */
    @Exported
    public String getApplication() {
        return application.getName();
    }

    /** Names of its environments, in order. */
    @Exported
    public List<String> getEnvironments() {
        return application.getEnvironments().stream().map(Environment::getName).toList();
    }

    /** Names of the environments that a Prometheus watches. */
    @Exported
    public List<String> getWatched() {
        return application.getEnvironments().stream()
                .filter(each -> Watching.serverOf(tenant, each).isPresent())
                .map(Environment::getName)
                .toList();
    }

    /** Whether the caller may write PromQL. */
    @Exported
    public boolean isCanAsk() {
        return TenantFolder.allows(tenant, SheraPermissions.ALERT);
    }

    /** Whether the caller may have containers count for themselves. */
    @Exported
    public boolean isCanCount() {
        return TenantFolder.allows(tenant, SheraPermissions.TERMINAL);
    }

    /** Ids of the metrics there are. */
    @Exported
    public List<String> getMetrics() {
        return Arrays.stream(Metric.values()).map(Metric::id).toList();
    }

    /**
     * What was measured: {@code ?environment=prod&metrics=cpu,memory&since=&until=}, the last hour where no times are given; the step
     * is chosen here.
     */
    @GET
    public void doSeries(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        QueryText query = new QueryText(request);
        Environment environment = environment(query.text("environment"));
        Set<Metric> metrics = metrics(query.text("metrics"));
        Chart.Span span = span(query.instant("since"), query.instant("until"));
        PrometheusServer server = Watching.serverOf(tenant, environment)
                .orElseThrow(() ->
                        refused("environment", Messages.ChartsPage_unwatched(), Messages.ChartsPage_unwatched_next()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("server", server.getId())
                .put("since", span.since().toString())
                .put("until", span.until().toString())
                .put("step", span.step().toSeconds());
        ArrayNode charts = body.putArray("charts");
        Subject subject = Subject.of(environment.getNamespace(), application.getName());
        List<Effective> thresholds = ThresholdDesk.book(tenant.getId())
                .effective(MonitoringConfiguration.get().platformBook(), application.getName(), environment.getName());
        try {
            PrometheusClient client = server.client();
            Probe probe = Probe.of(client, environment.getNamespace());
            MetricPast past = new MetricPast(tenant, environment, subject);
            for (Metric metric : metrics) {
                ChartJson.put(
                        charts.addObject(),
                        past.before(Chart.read(client, probe, subject, metric, span), span),
                        thresholds);
            }
            body.put("history", past.name()).put("historyProblem", past.problem());
            ChartJson.putKept(body, client.keeps(), span);
        } catch (IOException | Refusal e) {
            throw unavailable(server);
        }
        answer(response, body);
    }

    /**
     * What a query gives in the namespace of an environment: {@code ?environment=prod&query=sum(up)&since=&until=}, for who may change
     * alerts.
     */
    @GET
    public void doQuery(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        if (!isCanAsk()) {
            throw new RefusedRead(Refusal.forbidden(
                    SheraPermissions.ALERT.getId(),
                    Messages.ChartsPage_forbidden(),
                    Messages.ChartsPage_forbidden_next()));
        }
        for (Map.Entry<String, String[]> each : request.getParameterMap().entrySet()) {
            if (each.getValue().length > 1) {
                throw refused(each.getKey(), Messages.ChartsPage_twice(), Messages.ChartsPage_twice_next());
            }
        }
        QueryText query = new QueryText(request);
        String text = request.getParameter("query");
        Environment environment = environment(query.text("environment"));
        Chart.Span span = span(query.instant("since"), query.instant("until"));
        try {
            answer(response, FreeQuery.of(tenant, environment, text == null ? "" : text, span));
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    /** The same for long queries: {@code {"environment": "prod", "query": "sum(up)"}}; changes nothing. */
    @RequirePOST
    public HttpResponse doAsk(StaplerRequest2 request) {
        return WebWrite.of(request, "charts.ask", tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ALERT, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    if (request.getQueryString() != null) {
                        throw Refusal.input("", Messages.ChartsPage_twice(), Messages.ChartsPage_twice_next());
                    }
                    String text = fields.text("query");
                    Environment environment;
                    Chart.Span span;
                    try {
                        environment = environment(fields.text("environment"));
                        span = span(instant("since", fields.text("since")), instant("until", fields.text("until")));
                    } catch (RefusedRead e) {
                        throw e.getCause() instanceof Refusal refusal ? refusal : e;
                    }
                    fields.done();
                    return JsonAnswer.ok().setAll(FreeQuery.of(tenant, environment, text, span));
                });
    }

    /** Threads, sockets and open files as each pod's container counts them now: {@code {"environment": "prod"}}; changes nothing. */
    @RequirePOST
    public HttpResponse doCount(StaplerRequest2 request) {
        return WebWrite.of(request, "charts.count", tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.TERMINAL, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    Environment environment;
                    try {
                        environment = environment(fields.text("environment"));
                    } catch (RefusedRead e) {
                        throw e.getCause() instanceof Refusal refusal ? refusal : e;
                    }
                    fields.done();
                    return JsonAnswer.ok().setAll(CountNow.of(tenant, environment, application.getName()));
                });
    }

    private static Instant instant(String where, String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused(where, Messages.ChartsPage_span(), Messages.ChartsPage_span_next());
        }
    }

    private static void answer(StaplerResponse2 response, ObjectNode body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Environment environment(String name) {
        return application
                .environment(name)
                .filter(each -> tenant.owns(each.getCluster(), each.getNamespace()))
                .orElseThrow(() -> refused(
                        "environment",
                        Messages.ChartsPage_environment(application.getName()),
                        Messages.ChartsPage_environment_next()));
    }

    private static Set<Metric> metrics(String names) {
        Set<Metric> metrics = new LinkedHashSet<>();
        for (String name : (names.isEmpty() ? "cpu,memory,threads,sockets" : names).split(",")) {
            metrics.add(Metric.of(name.strip())
                    .orElseThrow(
                            () -> refused("metrics", Messages.ChartsPage_metric(), Messages.ChartsPage_metric_next())));
        }
        if (metrics.size() > MOST_METRICS) {
            throw refused("metrics", Messages.ChartsPage_metric(), Messages.ChartsPage_metric_next());
        }
        return metrics;
    }

    private static Chart.Span span(Instant since, Instant until) {
        Instant end = until == null ? Instant.now() : until;
        try {
            return Chart.Span.of(since == null ? end.minus(Duration.ofHours(1)) : since, end);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused("since", Messages.ChartsPage_span(), Messages.ChartsPage_span_next());
        }
    }

    private static RefusedRead refused(String where, String why, String next) {
        return new RefusedRead(new Refusal(Refusal.Kind.INPUT, Messages.ChartsPage_failed(), where, why, next));
    }

    /** Its words may name what is not this reader's. */
    private static RefusedRead unavailable(PrometheusServer server) {
        return new RefusedRead(new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages.ChartsPage_failed(),
                "Prometheus " + server.getId(),
                Messages.ChartsPage_silent(),
                Messages.ChartsPage_silent_next()));
    }
}
