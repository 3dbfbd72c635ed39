package io.jenkins.plugins.shera.monitoring.pages.releasenews;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNotice;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNoticeConfiguration;
import io.jenkins.plugins.shera.monitoring.desk.NoticeDesk;
import io.jenkins.plugins.shera.monitoring.news.NotTakenException;
import io.jenkins.plugins.shera.monitoring.news.ReceiverState;
import io.jenkins.plugins.shera.monitoring.pages.TenantPage;
import io.jenkins.plugins.shera.monitoring.releases.ReleaseMailroom;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** Which receivers hear of a tenant's releases, and whether they did; made only for callers who may change alerts. */
@ExportedBean
public final class ReleaseNoticesPage extends TenantPage {

    static final String ID = "releasenotices";

    ReleaseNoticesPage(Tenant tenant) {
        super(tenant, ID);
    }

    @Override
    public String getDisplayName() {
        return Messages.ReleaseNoticesPage_title();
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Whether mails of releases can be sent. */
    @Exported
    public boolean isMail() {
        ReleaseNoticeConfiguration settings = ReleaseNoticeConfiguration.get();
        return !settings.getMailHost().isEmpty() && !settings.getMailFrom().isEmpty();
    }

    /** What is set, and what became of the last message to each receiver. */
    @GET
    public void doBook(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        ReleaseNoticeConfiguration settings = ReleaseNoticeConfiguration.get();
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", settings.version(tenant.getId()));
        ArrayNode notices = body.putArray("notices");
        for (ReleaseNotice each : settings.of(tenant.getId())) {
            notices.addObject()
                    .put("receiver", each.getReceiver())
                    .put("event", each.getEvent())
                    .put("application", each.getApplication())
                    .put("environment", each.getEnvironment())
                    .put("language", each.getLanguage());
        }
        ArrayNode receivers = body.putArray("receivers");
        for (Receiver each : told()) {
            ReceiverState state = ReleaseMailroom.get().state(tenant.getId(), each.name());
            ObjectNode receiver = receivers
                    .addObject()
                    .put("name", each.name())
                    .put("kind", each.kind())
                    .put("waiting", ReleaseMailroom.get().waiting(tenant.getId(), each.name()))
                    .put("state", state.result())
                    .put("why", state.why())
                    .put("title", state.title());
            receiver.put(
                    "at",
                    state.atMillis() == 0
                            ? ""
                            : Instant.ofEpochMilli(state.atMillis()).toString());
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Receivers that can be told of releases: on timelines they stand anyhow. */
    private List<Receiver> told() throws IOException {
        return NoticeDesk.book(tenant.getId()).receivers().stream()
                .filter(each -> each.sort() != Receiver.Kind.JENKINS)
                .toList();
    }

    /**
     * Replaces what the receivers hear: {@code {"notices": [{"receiver": "ops", "event": "failed", "environment": "prod"}]}}.
     */
    @RequirePOST
    public HttpResponse doSet(StaplerRequest2 request) {
        return write(request, "releaseNotices.set").run(fields -> {
            Set<String> known = told().stream().map(Receiver::name).collect(Collectors.toSet());
            List<ReleaseNotice> wanted = fields.objects("notices", each -> notice(each, known));
            String expected = fields.text("version");
            fields.done();
            ReleaseNoticeConfiguration.get().set(tenant.getId(), wanted, expected);
            ReleaseMailroom.get().hurry(tenant.getId());
            AuditLine.of("releaseNotices.set", tenant.getId())
                    .tenant(tenant.getId())
                    .done();
            return JsonAnswer.ok()
                    .put("version", ReleaseNoticeConfiguration.get().version(tenant.getId()));
        });
    }

    private ReleaseNotice notice(Fields fields, Set<String> known) {
        ReleaseNotice notice = new ReleaseNotice(tenant.getId(), fields.text("receiver"));
        notice.setEvent(fields.text("event"));
        notice.setApplication(fields.text("application"));
        notice.setEnvironment(fields.text("environment"));
        notice.setLanguage(fields.text("language"));
        if (!known.contains(notice.getReceiver())) {
            throw Refusal.input(
                    fields.where("receiver"),
                    Messages.ReleaseNoticesPage_receiver(),
                    Messages.ReleaseNoticesPage_receiver_next());
        }
        try {
            notice.check();
        } catch (Refusal e) {
            throw Refusal.input(fields.where(e.where()), e.why(), e.next());
        }
        return notice;
    }

    /** Sends a receiver a test now, as news of releases are sent: {@code {"receiver": "ops"}}. */
    @RequirePOST
    public HttpResponse doTest(StaplerRequest2 request) {
        return write(request, "releaseNotices.test").run(fields -> {
            String name = fields.text("receiver");
            fields.done();
            Receiver receiver = told().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Refusal.unknown(
                            "receiver",
                            Messages.ReleaseNoticesPage_receiver(),
                            Messages.ReleaseNoticesPage_receiver_next()));
            try {
                ReleaseMailroom.get().test(tenant, receiver, Messages.ReleaseNoticesPage_test(name));
            } catch (NotTakenException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.ReleaseNoticesPage_untold(),
                        "receiver",
                        e.getMessage(),
                        Messages.ReleaseNoticesPage_untold_next());
            }
            AuditLine.of("releaseNotices.test", tenant.getId() + "/" + name)
                    .tenant(tenant.getId())
                    .done();
            return JsonAnswer.ok();
        });
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ALERT, needed -> TenantFolder.allows(tenant, needed));
    }
}
