package io.jenkins.plugins.shera.monitoring.pages.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alerts.Acknowledgement;
import io.jenkins.plugins.shera.monitoring.config.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.desk.AcknowledgeDesk;
import io.jenkins.plugins.shera.monitoring.desk.AlertFacts;
import io.jenkins.plugins.shera.monitoring.desk.Changes;
import io.jenkins.plugins.shera.monitoring.desk.PreviewFacts;
import io.jenkins.plugins.shera.monitoring.desk.RuleKeeper;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdDesk;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdFacts;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** What one application is warned about, and which alerts it has now. */
@ExportedBean
public final class AlertsPage extends TabPage {

    private static final int MOST_DAYS = 7;

    private final Tenant tenant;
    private final Application application;

    AlertsPage(Tenant tenant, Application application) {
        super(application, "alerts");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.AlertsTab_title();
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

    /** Ids of the metrics that need no series named. */
    @Exported
    public List<String> getMetrics() {
        return Arrays.stream(Metric.values()).map(Metric::id).toList();
    }

    /** Whether the caller may change thresholds. */
    @Exported
    public boolean isCanChange() {
        return TenantFolder.allows(tenant, SheraPermissions.ALERT);
    }

    /** What holds in {@code ?environment=}, or without it in all environments. */
    @GET
    public void doThresholds(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String name = new QueryText(request).text("environment");
        Environment environment;
        try {
            environment = environment(name);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
        ObjectNode facts = ThresholdFacts.of(tenant, application, environment);
        String problem =
                RuleKeeper.get().problem(tenant.getId(), facts.path("server").asText());
        facts.put("waiting", !problem.isEmpty());
        answer(response, facts);
    }

    /** The alerts of this application that are pending or firing. */
    @GET
    public void doActive(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        answer(response, AlertFacts.json(AlertFacts.of(tenant, application), AcknowledgeDesk.of(tenant)));
    }

    /** Tells the others that the caller looks after an alert of this application: {@code {"fingerprint": "...", "note": "..."}}. */
    @RequirePOST
    public HttpResponse doAcknowledge(StaplerRequest2 request) {
        return write(request, "alert.acknowledge").run(fields -> {
            String fingerprint = fields.text("fingerprint");
            String note = fields.text("note");
            fields.done();
            Acknowledgement done = AcknowledgeDesk.acknowledge(
                    tenant,
                    application,
                    fingerprint,
                    note,
                    Jenkins.getAuthentication2().getName());
            return JsonAnswer.ok().put("by", done.by()).put("at", done.at().toString());
        });
    }

    /** What {@link #doSet} with the same body would change, checked by promtool. */
    @RequirePOST
    public HttpResponse doPlan(StaplerRequest2 request) {
        return write(request, "thresholds.plan").run(fields -> {
            Wanted wanted = wanted(fields);
            return put(JsonAnswer.ok(), asked(() -> ThresholdDesk.preview(tenant, wanted.spot(), wanted.thresholds())));
        });
    }

    /**
     * When such thresholds would have fired in the last {@code days} (7 unless given), for a body as that of {@link #doSet}; without an
     * environment in all that are watched. Changes nothing.
     */
    @RequirePOST
    public HttpResponse doPreview(StaplerRequest2 request) {
        return write(request, "thresholds.preview").run(fields -> {
            long days = fields.number("days").orElse(MOST_DAYS);
            if (days < 1 || days > MOST_DAYS) {
                throw Refusal.input(
                        "days", Messages.AlertsPage_days(MOST_DAYS), Messages.AlertsPage_days_next(MOST_DAYS));
            }
            Wanted wanted = wanted(fields);
            Environment one = environment(wanted.spot().environment());
            List<Environment> environments = one == null ? application.getEnvironments() : List.of(one);
            try {
                return JsonAnswer.ok()
                        .setAll(PreviewFacts.of(
                                tenant, application, environments, wanted.thresholds(), Duration.ofDays(days)));
            } catch (IOException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.AlertsPage_unseen(),
                        "",
                        String.valueOf(e.getMessage()),
                        Messages.AlertsPage_unseen_next());
            }
        });
    }

    /**
     * Replaces the thresholds of this application, or of one environment of it, and brings the rules into force:
     * {@code {"environment": "", "version": 3, "thresholds": [{"metric": "threads", "warning": "300", "for": "5m"}]}}.
     */
    @RequirePOST
    public HttpResponse doSet(StaplerRequest2 request) {
        return write(request, "thresholds.set").run(fields -> {
            Wanted wanted = wanted(fields);
            ThresholdDesk.Outcome outcome = asked(
                    () -> ThresholdDesk.set(tenant, wanted.spot(), wanted.thresholds(), wanted.version(), plan -> {}));
            AuditLine.of("thresholds.set", subject()).tenant(tenant.getId()).done();
            tell(outcome.changes());
            ObjectNode answer = put(JsonAnswer.ok(), outcome.changes()).put("version", outcome.version());
            outcome.servers().forEach(answer.putArray("servers")::add);
            return answer;
        });
    }

    /** Brings the tenant's rules into force again, where Prometheus has others. */
    @RequirePOST
    public HttpResponse doBring(StaplerRequest2 request) {
        return write(request, "thresholds.bring").run(fields -> {
            fields.done();
            List<RuleChange> changes = asked(() -> RuleKeeper.get().now(tenant));
            AuditLine.of("thresholds.bring", tenant.getId())
                    .tenant(tenant.getId())
                    .done();
            tell(changes);
            return put(JsonAnswer.ok(), changes);
        });
    }

    private record Wanted(ThresholdDesk.Spot spot, List<Threshold> thresholds, long version) {}

    private Wanted wanted(Fields fields) {
        Environment environment = environment(fields.text("environment"));
        long version = fields.number("version").orElse(-1);
        List<Threshold> thresholds = fields.objects("thresholds", ThresholdSettings::checked).stream()
                .map(ThresholdSettings::read)
                .toList();
        fields.done();
        String name = environment == null ? "" : environment.getName();
        return new Wanted(new ThresholdDesk.Spot(application.getName(), name), thresholds, version);
    }

    /** The environment of a name; null for no name. */
    private Environment environment(String name) {
        if (name.isEmpty()) {
            return null;
        }
        Optional<Environment> found =
                application.environment(name).filter(each -> tenant.owns(each.getCluster(), each.getNamespace()));
        return found.orElseThrow(() -> Refusal.input(
                "environment",
                Messages.AlertsPage_environment(application.getName()),
                Messages.AlertsPage_environment_next()));
    }

    private interface Asking<V> {
        V get() throws IOException, InterruptedException;
    }

    /** What Prometheus or promtool refuses is said as it is. */
    private <V> V asked(Asking<V> work) {
        try {
            return work.get();
        } catch (IOException e) {
            AuditLine.of("thresholds.set", subject()).tenant(tenant.getId()).failed(String.valueOf(e.getMessage()));
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.AlertsPage_failed(),
                    "",
                    String.valueOf(e.getMessage()),
                    Messages.AlertsPage_failed_next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.AlertsPage_failed(),
                    "",
                    Messages.AlertsPage_interrupted(),
                    Messages.AlertsPage_failed_next());
        }
    }

    private void tell(List<RuleChange> changes) throws IOException {
        Changes.tell(tenant.getId(), changes, Jenkins.getAuthentication2().getName(), entry -> entry);
    }

    private static ObjectNode put(ObjectNode to, List<RuleChange> changes) {
        ArrayNode lines = to.putArray("changes");
        changes.forEach(change -> lines.add(Changes.text(change)));
        return to;
    }

    private String subject() {
        return tenant.getId() + "/" + application.getName();
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, subject())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ALERT, needed -> TenantFolder.allows(tenant, needed));
    }

    private static void answer(StaplerResponse2 response, ObjectNode body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
