package io.jenkins.plugins.shera.monitoring.pages.notices;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeBook;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.alertmanager.Silence;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.desk.LatencyFacts;
import io.jenkins.plugins.shera.monitoring.desk.NoticeDesk;
import io.jenkins.plugins.shera.monitoring.pages.TenantPage;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** Who is told of a tenant's alerts, and when nobody is; made only for callers who may change alerts. */
@ExportedBean
public final class NoticesPage extends TenantPage {

    static final String ID = "notices";

    NoticesPage(Tenant tenant) {
        super(tenant, ID);
    }

    @Override
    public String getDisplayName() {
        return Messages.NoticesPage_title();
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Receivers and routes, and whether each Alertmanager works by them. */
    @GET
    public void doBook(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        NoticeBook book = NoticeDesk.book(tenant.getId());
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", book.version());
        NoticeBodies.put(body, book);
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        body.putObject("limits")
                .put("groupWait", configuration.getGroupWaitLimits())
                .put("groupInterval", configuration.getGroupIntervalLimits())
                .put("repeatInterval", configuration.getRepeatIntervalLimits());
        body.set("floors", LatencyFacts.of(tenant, book));
        ArrayNode servers = body.putArray("servers");
        for (AlertmanagerServer server : NoticeDesk.servers()) {
            servers.addObject().put("id", server.getId()).put("state", state(server));
        }
        answer(response, body);
    }

    private String state(AlertmanagerServer server) {
        try {
            return server.config().isInForce(tenant.getId()) ? "inForce" : "different";
        } catch (IOException | Refusal e) {
            // Its words may name what is not this reader's.
            return "unreachable";
        }
    }

    /** The tenant's silences, those that ended in the last days among them. */
    @GET
    public void doSilences(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode all = body.putArray("silences");
        ArrayNode unreachable = body.putArray("unreachable");
        for (AlertmanagerServer server : MonitoringConfiguration.get().getAlertmanagers()) {
            try {
                for (Silence silence : server.client().silences(tenant.getId())) {
                    put(all.addObject(), silence).put("server", server.getId());
                }
            } catch (IOException | Refusal e) {
                unreachable.add(server.getId());
            }
        }
        answer(response, body);
    }

    private static ObjectNode put(ObjectNode to, Silence silence) {
        to.put("id", silence.id())
                .put("state", silence.state())
                .put("from", silence.from().toString())
                .put("until", silence.until().toString())
                .put("by", silence.by())
                .put("comment", silence.comment());
        ObjectNode what = to.putObject("what");
        for (Silence.Matcher each : silence.matchers()) {
            if (!each.name().equals("tenant") && !each.name().equals("managed_by")) {
                what.put(each.name(), (each.equal() ? "" : "!") + (each.regex() ? "~" : "") + each.value());
            }
        }
        return to;
    }

    /** What {@link #doSet} with the same body would change, checked by amtool. */
    @RequirePOST
    public HttpResponse doPlan(StaplerRequest2 request) {
        return write(request, "notices.plan").run(fields -> {
            NoticeBook wanted = NoticeBodies.wanted(fields);
            fields.number("version");
            fields.done();
            ObjectNode answer = JsonAnswer.ok();
            asked("notices.plan", () -> NoticeDesk.preview(tenant, wanted)).forEach(answer.putArray("changes")::add);
            answer.set("floors", LatencyFacts.of(tenant, wanted));
            return answer;
        });
    }

    /**
     * Replaces receivers and routes and puts them in force: {@code {"version": 2, "receivers": [{"name": "ops", "kind": "mail", "to":
     * "ops@example.com"}], "routes": [{"receiver": "ops", "severity": "critical"}]}}.
     */
    @RequirePOST
    public HttpResponse doSet(StaplerRequest2 request) {
        return write(request, "notices.set").run(fields -> {
            NoticeBook wanted = NoticeBodies.wanted(fields);
            long expected = fields.number("version").orElse(-1);
            fields.done();
            long version = asked("notices.set", () -> NoticeDesk.set(tenant, wanted, expected));
            AuditLine.of("notices.set", tenant.getId()).tenant(tenant.getId()).done();
            tell("", Messages._NoticesPage_changed(), "");
            return JsonAnswer.ok().put("version", version);
        });
    }

    /** Tells a receiver, which must be in force, of a test: {@code {"receiver": "ops"}}. */
    @RequirePOST
    public HttpResponse doTest(StaplerRequest2 request) {
        return write(request, "notices.test").run(fields -> {
            String receiver = fields.text("receiver");
            fields.done();
            Receiver known = NoticeDesk.book(tenant.getId()).receivers().stream()
                    .filter(each -> each.name().equals(receiver))
                    .findFirst()
                    .orElseThrow(() -> Refusal.unknown(
                            "receiver", Messages.NoticesPage_receiver(), Messages.NoticesPage_receiver_next()));
            if (known.sort().isChat() && NoticeDesk.servers().stream().noneMatch(AlertmanagerServer::hasChats)) {
                throw Refusal.unknown("receiver", Messages.NoticesPage_chat(), Messages.NoticesPage_chat_next());
            }
            asked("notices.test", () -> {
                for (AlertmanagerServer server : NoticeDesk.servers()) {
                    server.client().test(tenant.getId(), receiver, Messages.NoticesPage_test(receiver));
                }
                return receiver;
            });
            AuditLine.of("notices.test", tenant.getId() + "/" + receiver)
                    .tenant(tenant.getId())
                    .done();
            return JsonAnswer.ok();
        });
    }

    /** Silences alerts of the tenant: {@code {"application": "shop", "metric": "threads", "duration": "2h", "comment": "release"}}. */
    @RequirePOST
    public HttpResponse doSilence(StaplerRequest2 request) {
        return write(request, "silence.create").run(fields -> {
            Map<String, String> labels = new LinkedHashMap<>();
            for (String label : List.of("application", "environment", "metric", "severity", "pod")) {
                labels.put(label, fields.text(label));
            }
            Silence silence;
            try {
                silence = Silence.of(
                        tenant.getId(),
                        labels,
                        Figures.duration("duration", fields.text("duration")),
                        Jenkins.getAuthentication2().getName(),
                        fields.text("comment"));
            } catch (InvalidThresholdException e) {
                throw Refusal.input(e.field(), e.why(), e.next());
            }
            fields.done();
            ObjectNode answer = JsonAnswer.ok();
            ArrayNode ids = answer.putArray("ids");
            asked("silence.create", () -> {
                for (AlertmanagerServer server : alertmanagers()) {
                    ids.add(server.client().create(silence));
                }
                return ids;
            });
            AuditLine.of("silence.create", tenant.getId() + "/" + labels.get("application"))
                    .tenant(tenant.getId())
                    .done();
            String what =
                    labels.values().stream().filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
            tell(
                    labels.get("application"),
                    Messages._NoticesPage_silenced(),
                    (what.isEmpty() ? "" : what + ": ") + silence.comment() + " (" + silence.until() + ")");
            return answer;
        });
    }

    /** Ends a silence of the tenant now: {@code {"id": "..."}}. */
    @RequirePOST
    public HttpResponse doExpire(StaplerRequest2 request) {
        return write(request, "silence.expire").run(fields -> {
            String id = fields.text("id");
            fields.done();
            boolean found = asked("silence.expire", () -> {
                boolean any = false;
                for (AlertmanagerServer server : alertmanagers()) {
                    any |= server.client().expire(tenant.getId(), id);
                }
                return any;
            });
            if (!found) {
                throw Refusal.unknown("id", Messages.NoticesPage_silence(), Messages.NoticesPage_silence_next());
            }
            AuditLine.of("silence.expire", tenant.getId() + "/" + id)
                    .tenant(tenant.getId())
                    .done();
            return JsonAnswer.ok();
        });
    }

    private static List<AlertmanagerServer> alertmanagers() {
        List<AlertmanagerServer> all = MonitoringConfiguration.get().getAlertmanagers();
        if (all.isEmpty()) {
            throw Refusal.unknown("Alertmanager", Messages.NoticesPage_none(), Messages.NoticesPage_none_next());
        }
        return all;
    }

    private interface Asking<V> {
        V get() throws IOException, InterruptedException;
    }

    private <V> V asked(String what, Asking<V> work) {
        String why;
        try {
            return work.get();
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
            AuditLine.of(what, tenant.getId()).tenant(tenant.getId()).failed(why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = Messages.NoticesPage_interrupted();
        }
        throw new Refusal(
                Refusal.Kind.UNAVAILABLE, Messages.NoticesPage_failed(), "", why, Messages.NoticesPage_failed_next());
    }

    /** On the timeline of one application, or with an empty name of all. */
    private void tell(String application, Localizable title, String detail) throws IOException {
        for (Application each : SheraConfiguration.get().applicationsOf(tenant.getId())) {
            if (application.isEmpty() || application.equals(each.getName())) {
                Timelines.get()
                        .append(
                                each,
                                TimelineEntry.now(
                                        TimelineEntry.Kind.ALERT,
                                        title,
                                        detail,
                                        Jenkins.getAuthentication2().getName(),
                                        ""));
            }
        }
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId())
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
