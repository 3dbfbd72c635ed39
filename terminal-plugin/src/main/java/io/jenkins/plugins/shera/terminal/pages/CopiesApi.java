package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import io.jenkins.plugins.shera.terminal.copy.DebugCopies;
import io.jenkins.plugins.shera.terminal.copy.DebugCopy;
import io.jenkins.plugins.shera.terminal.desk.CopyDesk;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The debug copies of one application: what can be copied, what was, start and delete. */
public final class CopiesApi {

    private final Tenant tenant;
    private final Application application;

    CopiesApi(Tenant tenant, Application application) {
        this.tenant = tenant;
        this.application = application;
    }

    private interface Work<T> {
        T with(CopyDesk desk) throws IOException;
    }

    /** Copies and candidates in {@code ?environment=}. */
    @GET
    public void doList(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try {
            Rooms.send(work(new QueryText(request).text("environment"), CopiesApi::all), response);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    private static ObjectNode all(CopyDesk desk) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("most", CopyDesk.MOST);
        ArrayNode copies = body.putArray("copies");
        for (DebugCopy each : desk.list()) {
            copies.add(json(each));
        }
        ArrayNode pods = body.putArray("pods");
        for (DebugCopies.Candidate each : desk.candidates()) {
            pods.addObject()
                    .put("pod", each.pod())
                    .put("container", each.container())
                    .put("state", each.state())
                    .put("restarts", each.restarts());
        }
        return body;
    }

    static ObjectNode json(DebugCopy copy) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("copy", copy.name())
                .put("of", copy.of())
                .put("container", copy.container())
                .put("image", copy.image())
                .put("user", copy.user())
                .put("made", copy.made().toString())
                .put("ends", copy.ends().toString())
                .put("state", copy.state())
                .put("why", copy.why());
        copy.notes().forEach(json.putArray("notes")::add);
        copy.command().forEach(json.putArray("command")::add);
        return json;
    }

    /** Makes a copy: {@code environment}, {@code pod}, {@code container}, {@code minutes}, {@code claims}, {@code skipInit}. */
    @RequirePOST
    public HttpResponse doStart(StaplerRequest2 request) {
        return write(request, "debug-copy.start").run(fields -> {
            String environment = fields.text("environment");
            String pod = fields.text("pod");
            String container = fields.text("container");
            long minutes = fields.number("minutes").orElse(0);
            String claims = fields.text("claims");
            boolean skipInit = fields.flag("skipInit");
            fields.done();
            DebugCopy made = work(environment, desk -> desk.start(pod, container, minutes, claims, !skipInit));
            return JsonAnswer.ok().setAll(json(made));
        });
    }

    /** Removes one: {@code environment}, {@code copy}. */
    @RequirePOST
    public HttpResponse doDelete(StaplerRequest2 request) {
        return write(request, "debug-copy.delete").run(fields -> {
            String environment = fields.text("environment");
            String copy = fields.text("copy");
            fields.done();
            work(environment, desk -> {
                desk.delete(copy);
                return copy;
            });
            return JsonAnswer.ok();
        });
    }

    private <T> T work(String environment, Work<T> work) {
        try (CopyDesk desk = CopyDesk.open(tenant.getId(), application.getName(), environment)) {
            return work.with(desk);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.CopiesApi_failed(),
                    "",
                    e.getMessage(),
                    Messages.TerminalDesk_failed_next());
        }
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.TERMINAL, permission -> TenantFolder.allows(tenant, permission));
    }
}
