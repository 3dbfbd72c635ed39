package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import io.jenkins.plugins.shera.terminal.desk.Pass;
import io.jenkins.plugins.shera.terminal.desk.Passes;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** Who may enter the containers of one application where its environments demand a reason or a second person, at {@code terminal/passes}. */
public final class PassesApi {

    private final Tenant tenant;
    private final Application application;

    PassesApi(Tenant tenant, Application application) {
        this.tenant = tenant;
        this.application = application;
    }

    /** {@code environments} with what each demands of the caller, and {@code passes} of everybody. */
    @GET
    public void doList(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String me = Jenkins.getAuthentication2().getName();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode environments = body.putArray("environments");
        for (Environment each : application.getEnvironments()) {
            TerminalPolicy policy = each.getPolicy().getTerminal();
            environments
                    .addObject()
                    .put("name", each.getName())
                    .put("reason", policy.isRequireReason() || policy.isRequireApproval())
                    .put("approval", policy.isRequireApproval())
                    .put("letIn", Passes.get().isLetIn(tenant.getId(), application.getName(), each, me));
        }
        ArrayNode passes = body.putArray("passes");
        for (Pass each : Passes.get().of(tenant.getId(), application.getName())) {
            passes.add(each.json().put("own", each.user().equals(me)));
        }
        Rooms.send(body, response);
    }

    /** Asks to be let in: {@code environment}, {@code reason}; answers the {@code pass}. */
    @RequirePOST
    public HttpResponse doAsk(StaplerRequest2 request) {
        return write(request, "terminal.ask").run(fields -> {
            Environment environment = new Rooms(tenant, application).environment(fields.text("environment"));
            String reason = fields.text("reason");
            fields.done();
            return answer(Passes.get().ask(tenant, application, environment, reason));
        });
    }

    /** Agrees to what another asked for: {@code pass}. */
    @RequirePOST
    public HttpResponse doApprove(StaplerRequest2 request) {
        return write(request, "terminal.approve").run(fields -> {
            String id = fields.text("pass");
            fields.done();
            return answer(Passes.get().approve(tenant, application, id));
        });
    }

    /** Takes a pass away: {@code pass}. */
    @RequirePOST
    public HttpResponse doWithdraw(StaplerRequest2 request) {
        return write(request, "terminal.withdraw").run(fields -> {
            String id = fields.text("pass");
            fields.done();
            Passes.get().withdraw(tenant, application, id);
            return JsonAnswer.ok();
        });
    }

    private static ObjectNode answer(Pass pass) {
        ObjectNode answer = JsonAnswer.ok();
        answer.set("pass", pass.json());
        return answer;
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.TERMINAL, permission -> TenantFolder.allows(tenant, permission));
    }
}
