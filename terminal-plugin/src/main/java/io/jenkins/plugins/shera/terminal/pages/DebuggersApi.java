package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import io.jenkins.plugins.shera.terminal.copy.CopyException;
import io.jenkins.plugins.shera.terminal.copy.DebugContainers;
import io.jenkins.plugins.shera.terminal.desk.DebugContainerDesk;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** Ephemeral debug containers in the pods of one application. */
public final class DebuggersApi {

    private final Tenant tenant;
    private final Application application;

    DebuggersApi(Tenant tenant, Application application) {
        this.tenant = tenant;
        this.application = application;
    }

    private interface Work<T> {
        T with(DebugContainerDesk desk) throws IOException;
    }

    /** Puts one beside a container: {@code environment}, {@code pod}, {@code container}; answers its name. */
    @RequirePOST
    public HttpResponse doStart(StaplerRequest2 request) {
        return WebWrite.of(request, "debug-container.start", tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.TERMINAL, permission -> TenantFolder.allows(tenant, permission))
                .run(fields -> {
                    String environment = fields.text("environment");
                    String pod = fields.text("pod");
                    String container = fields.text("container");
                    fields.done();
                    String name = work(environment, desk -> desk.start(pod, container));
                    return JsonAnswer.ok().put("container", name);
                });
    }

    /** How the one of {@code ?environment=&pod=&container=} is. */
    @GET
    public void doLook(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        QueryText query = new QueryText(request);
        try {
            DebugContainers.Progress now =
                    work(query.text("environment"), desk -> desk.look(query.text("pod"), query.text("container")));
            Rooms.send(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("state", now.state())
                            .put("why", now.why()),
                    response);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    private <T> T work(String environment, Work<T> work) {
        try (DebugContainerDesk desk = DebugContainerDesk.open(tenant.getId(), application.getName(), environment)) {
            return work.with(desk);
        } catch (CopyException e) {
            throw new Refusal(Refusal.Kind.UNKNOWN, Messages.Rooms_failed(), "", e.why(), e.next());
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.Rooms_failed(),
                    "",
                    e.getMessage(),
                    Messages.TerminalDesk_failed_next());
        }
    }
}
