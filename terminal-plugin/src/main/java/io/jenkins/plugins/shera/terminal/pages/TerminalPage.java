package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.User;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import io.jenkins.plugins.shera.terminal.session.Containers;
import io.jenkins.plugins.shera.terminal.session.Shells;
import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.websocket.WebSockets;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** Terminals in the containers of one application, with the tenant's identity in the cluster. */
@ExportedBean
public final class TerminalPage extends TabPage {

    private final Tenant tenant;
    private final Application application;

    TerminalPage(Tenant tenant, Application application) {
        super(application, "terminal");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.TerminalTab_title();
    }

    @Override
    public String getPlugin() {
        return "shera-terminal";
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

    /** Open sessions of the application, of all its people; the caller attaches to own ones alone. */
    @Exported
    public List<SessionView> getSessions() {
        String me = Jenkins.getAuthentication2().getName();
        return TerminalDesk.get().of(tenant.getId(), application.getName()).stream()
                .map(each -> new SessionView(each, each.owner().equals(me)))
                .toList();
    }

    /** The containers of {@code ?environment=} that run. */
    @GET
    public void doContainers(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try {
            Environment environment = environment(new QueryText(request).text("environment"));
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode all = body.putArray("containers");
            for (Containers.Running one : running(environment, access(environment))) {
                all.addObject().put("pod", one.pod()).put("container", one.container());
            }
            response.setContentType("application/json;charset=UTF-8");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cache-Control", "no-store");
            response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    /** Opens a session: {@code environment}, {@code pod}, {@code container}, {@code shell} (empty, sh, bash, ash). */
    @RequirePOST
    public HttpResponse doOpen(StaplerRequest2 request) {
        return write(request, "terminal.open").run(fields -> {
            Environment environment = environment(fields.text("environment"));
            String pod = fields.text("pod");
            String container = fields.text("container");
            List<String> command = Shells.command(fields.text("shell"));
            fields.done();
            if (command == null) {
                throw Refusal.input("shell", Messages.TerminalPage_shell(), Messages.TerminalPage_shell_next());
            }
            User owner = User.current();
            if (owner == null) {
                throw Refusal.forbidden("session", Messages.TerminalPage_nobody(), Messages.TerminalPage_nobody_next());
            }
            ClusterAccess access = access(environment);
            if (!running(environment, access).contains(new Containers.Running(pod, container))) {
                throw Refusal.unknown(
                        "container", Messages.TerminalPage_container(), Messages.TerminalPage_container_next());
            }
            Target target = new Target(
                    tenant.getId(),
                    application.getName(),
                    environment.getName(),
                    environment.getNamespace(),
                    pod,
                    container);
            TerminalSession session = TerminalDesk.get().open(owner, target, access, command);
            return JsonAnswer.ok().put("session", session.id());
        });
    }

    /** Ends a session, also another's: {@code session}. */
    @RequirePOST
    public HttpResponse doKill(StaplerRequest2 request) {
        return write(request, "terminal.kill").run(fields -> {
            String id = fields.text("session");
            fields.done();
            TerminalSession session = session(id);
            if (session == null) {
                throw Refusal.unknown("session", Messages.TerminalPage_session(), Messages.TerminalPage_session_next());
            }
            session.kill("killed");
            return JsonAnswer.ok();
        });
    }

    /** The WebSocket to an own session: {@code ?session=&from=}; everything is checked before the upgrade. */
    @GET
    public HttpResponse doSocket(StaplerRequest2 request) {
        if (!Origins.isOwn(
                request.getHeader("Origin"),
                request.getHeader("Host"),
                Jenkins.get().getRootUrl())) {
            return HttpResponses.errorWithoutStack(403, Messages.TerminalPage_origin());
        }
        if (!TenantFolder.allows(tenant, SheraPermissions.TERMINAL)) {
            return HttpResponses.errorWithoutStack(403, Messages.TerminalPage_session());
        }
        QueryText query = new QueryText(request);
        TerminalSession session = session(query.text("session"));
        if (session == null
                || !session.owner().equals(Jenkins.getAuthentication2().getName())) {
            return HttpResponses.errorWithoutStack(404, Messages.TerminalPage_session());
        }
        String from = query.text("from");
        return WebSockets.upgrade(new TerminalSocket(session, from.matches("[0-9]{1,18}") ? Long.parseLong(from) : -1));
    }

    private TerminalSession session(String id) {
        TerminalSession session = TerminalDesk.get().find(id);
        return session != null
                        && session.target().tenant().equals(tenant.getId())
                        && session.target().application().equals(application.getName())
                ? session
                : null;
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.TERMINAL, permission -> TenantFolder.allows(tenant, permission));
    }

    private Environment environment(String name) {
        return application
                .environment(name)
                .filter(each -> tenant.owns(each.getCluster(), each.getNamespace()))
                .orElseThrow(() -> Refusal.input(
                        "environment",
                        Messages.TerminalPage_environment(application.getName()),
                        Messages.TerminalPage_environment_next()));
    }

    private ClusterAccess access(Environment environment) {
        KubernetesCluster cluster = SheraConfiguration.get().cluster(environment.getCluster());
        if (cluster == null) {
            throw Refusal.unknown("cluster", Messages.TerminalPage_cluster(), Messages.TerminalPage_cluster_next());
        }
        return ClusterLogin.ofTenant(cluster, tenant);
    }

    private List<Containers.Running> running(Environment environment, ClusterAccess access) {
        try (ClusterClient client = ClusterClient.open(access, TimeLimits.INTERACTIVE)) {
            return Containers.of(client.api(), environment.getNamespace(), application.getName());
        } catch (KubeException e) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.TerminalDesk_failed(),
                    "",
                    Messages.TerminalPage_failed_why(e.kind()),
                    Messages.TerminalDesk_failed_next());
        }
    }
}
