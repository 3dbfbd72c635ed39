package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.model.User;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
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
import io.jenkins.plugins.shera.terminal.desk.CommandAnswer;
import io.jenkins.plugins.shera.terminal.desk.CommandDesk;
import io.jenkins.plugins.shera.terminal.desk.EngineDoor;
import io.jenkins.plugins.shera.terminal.session.Shells;
import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
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

    private static final Logger LOGGER = Logger.getLogger(TerminalPage.class.getName());
    private static final int LONGEST_ORIGIN = 200;

    private final Tenant tenant;
    private final Application application;
    private final Rooms rooms;

    TerminalPage(Tenant tenant, Application application) {
        super(application, "terminal");
        this.tenant = tenant;
        this.application = application;
        this.rooms = new Rooms(tenant, application);
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

    /** The caller's sessions here that ended lately, the newest first, and why. */
    @Exported
    public List<EndedSessions.Ended> getEnded() {
        return TerminalDesk.get().ended(Jenkins.getAuthentication2().getName(), tenant.getId(), application.getName());
    }

    /** Debug containers in its pods. */
    public DebuggersApi getDebuggers() {
        return new DebuggersApi(tenant, application);
    }

    /** Its debug copies. */
    public CopiesApi getCopies() {
        return new CopiesApi(tenant, application);
    }

    /** Who may enter where a reason or a second person is demanded. */
    public PassesApi getPasses() {
        return new PassesApi(tenant, application);
    }

    /** Files of its containers. */
    public FilesApi getFiles() {
        return new FilesApi(tenant, application);
    }

    /** The containers of {@code ?environment=} that run. */
    @GET
    public void doContainers(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try {
            rooms.answer(new QueryText(request).text("environment"), response);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    /** Opens a session: {@code environment}, {@code pod}, {@code container}, {@code shell} (empty, sh, bash, ash), {@code columns}, {@code rows}. */
    @RequirePOST
    public HttpResponse doOpen(StaplerRequest2 request) {
        return write(request, "terminal.open").run(fields -> {
            Environment environment = rooms.environment(fields.text("environment"));
            String pod = fields.text("pod");
            String container = fields.text("container");
            String shell = fields.text("shell");
            int columns = size(fields, "columns", 80);
            int rows = size(fields, "rows", 24);
            fields.done();
            if (Shells.command(shell, "") == null) {
                throw Refusal.input("shell", Messages.TerminalPage_shell(), Messages.TerminalPage_shell_next());
            }
            User owner = User.current();
            if (owner == null) {
                throw Refusal.forbidden("session", Messages.TerminalPage_nobody(), Messages.TerminalPage_nobody_next());
            }
            rooms.check(environment, pod, container);
            ClusterAccess access = EngineDoor.isEngine(pod) ? null : rooms.access(environment);
            Target target = new Target(
                    tenant.getId(),
                    application.getName(),
                    environment.getName(),
                    environment.getNamespace(),
                    pod,
                    container);
            TerminalSession session = TerminalDesk.get().open(owner, target, access, shell, columns, rows);
            return JsonAnswer.ok().put("session", session.id());
        });
    }

    private static int size(Fields fields, String name, int usual) {
        long wanted = fields.number(name).orElse(usual);
        if (wanted < 1 || wanted > 1000) {
            throw Refusal.input(name, Messages.TerminalPage_size(), Messages.TerminalPage_size_next());
        }
        return (int) wanted;
    }

    /**
     * Runs one command to its end: {@code environment}, {@code pod}, {@code container}, {@code command} (its words), {@code timeout}
     * (seconds, 60 unless given). Answers {@code exitCode}, {@code output}, {@code errors}, {@code whole}.
     */
    @RequirePOST
    public HttpResponse doExec(StaplerRequest2 request) {
        return write(request, "container.exec").run(fields -> {
            String environment = fields.text("environment");
            String pod = fields.text("pod");
            String container = fields.text("container");
            List<String> command = fields.texts("command");
            long seconds = fields.number("timeout").orElse(60);
            fields.done();
            try (CommandDesk desk =
                    CommandDesk.open(tenant.getId(), application.getName(), environment, pod, container)) {
                return CommandAnswer.of(desk, command, seconds);
            } catch (IOException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.TerminalPage_exec(),
                        "",
                        e.getMessage(),
                        Messages.TerminalDesk_failed_next());
            }
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
                throw unknown();
            }
            session.kill("killed");
            return JsonAnswer.ok();
        });
    }

    /** Lets others watch an own session, who may enter there, too: {@code session}. Answers the {@code link} word. */
    @RequirePOST
    public HttpResponse doShare(StaplerRequest2 request) {
        return write(request, "terminal.share").run(fields -> {
            TerminalSession session = session(fields.text("session"));
            fields.done();
            if (session == null
                    || !session.owner().equals(Jenkins.getAuthentication2().getName())) {
                throw unknown();
            }
            String link = session.share(UUID.randomUUID().toString());
            if (link.isEmpty()) {
                throw unknown();
            }
            line("terminal.share", session).done();
            return JsonAnswer.ok().put("link", link);
        });
    }

    /** Ends that others watch: {@code session}, one's own, or any for who administers the tenant. */
    @RequirePOST
    public HttpResponse doUnshare(StaplerRequest2 request) {
        return write(request, "terminal.unshare").run(fields -> {
            TerminalSession session = session(fields.text("session"));
            fields.done();
            boolean own = session != null
                    && session.owner().equals(Jenkins.getAuthentication2().getName());
            if (session == null || !own && !TenantFolder.allows(tenant, SheraPermissions.ADMINISTER)) {
                throw unknown();
            }
            if (session.unshare()) {
                line("terminal.unshare", session).done();
            }
            return JsonAnswer.ok();
        });
    }

    private static Refusal unknown() {
        return Refusal.unknown("session", Messages.TerminalPage_session(), Messages.TerminalPage_session_next());
    }

    private AuditLine line(String what, TerminalSession session) {
        return AuditLine.of(what, tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .after(JsonNodeFactory.instance
                        .objectNode()
                        .put("session", session.id())
                        .put("owner", session.owner())
                        .toString());
    }

    /**
     * The WebSocket by which a session is watched that is shared: {@code ?link=}; whatever the watcher types is refused. Without an upgrade it
     * answers 204, by which a page that was cut off sees that the link is good still.
     */
    @GET
    public HttpResponse doWatch(StaplerRequest2 request) {
        // A browser says of which page it is when it asks for a WebSocket, and not when a page reads what is its own.
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        if (upgrade
                && !Origins.isOwn(
                        request.getHeader("Origin"),
                        request.getHeader("Host"),
                        Jenkins.get().getRootUrl())) {
            return refused(request, 403, Messages.TerminalPage_origin(), "a page of another origin asks");
        }
        String link = new QueryText(request).text("link");
        String user = Jenkins.getAuthentication2().getName();
        TerminalSession session = TerminalDesk.get().shared(link);
        if (User.current() == null
                || session == null
                || session(session.id()) == null
                || !TerminalDesk.may(session.target(), user)) {
            return refused(
                    request,
                    404,
                    Messages.TerminalPage_session(),
                    "the session or link is not there any more, or is another's");
        }
        if (!upgrade) {
            return HttpResponses.status(204);
        }
        line("terminal.watch", session).done();
        return WebSockets.upgrade(new WatchSocket(session, link, user));
    }

    /** The WebSocket to an own session: {@code ?session=&from=}; everything is checked before the upgrade. */
    @GET
    public HttpResponse doSocket(StaplerRequest2 request) {
        if (!Origins.isOwn(
                request.getHeader("Origin"),
                request.getHeader("Host"),
                Jenkins.get().getRootUrl())) {
            return refused(request, 403, Messages.TerminalPage_origin(), "a page of another origin asks");
        }
        if (!TenantFolder.allows(tenant, SheraPermissions.TERMINAL)) {
            return refused(request, 403, Messages.TerminalPage_session(), "no permission, or no longer signed in");
        }
        QueryText query = new QueryText(request);
        TerminalSession session = session(query.text("session"));
        if (session == null
                || !session.owner().equals(Jenkins.getAuthentication2().getName())) {
            return refused(
                    request,
                    404,
                    Messages.TerminalPage_session(),
                    "the session or link is not there any more, or is another's");
        }
        String from = query.text("from");
        return WebSockets.upgrade(new TerminalSocket(session, from.matches("[0-9]{1,18}") ? Long.parseLong(from) : -1));
    }

    /** Who is refused a WebSocket sees no text in a browser: the log has it. The words by which one gets in are not in it. */
    private HttpResponse refused(StaplerRequest2 request, int status, String said, String why) {
        String origin = String.valueOf(request.getHeader("Origin"));
        Object[] facts = {
            Jenkins.getAuthentication2().getName(),
            tenant.getId() + "/" + application.getName(),
            why,
            origin.substring(0, Math.min(origin.length(), LONGEST_ORIGIN)).replaceAll("[^ -~]", "?")
        };
        LOGGER.log(Level.INFO, "no terminal for {0} in {1}: {2} (origin {3})", facts);
        return HttpResponses.errorWithoutStack(status, said);
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
}
