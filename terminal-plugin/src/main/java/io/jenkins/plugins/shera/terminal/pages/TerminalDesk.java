package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.TextNode;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.terminal.desk.EngineDoor;
import io.jenkins.plugins.shera.terminal.desk.Leftovers;
import io.jenkins.plugins.shera.terminal.desk.Passes;
import io.jenkins.plugins.shera.terminal.desk.Recordings;
import io.jenkins.plugins.shera.terminal.recording.Recording;
import io.jenkins.plugins.shera.terminal.session.SessionLimits;
import io.jenkins.plugins.shera.terminal.session.ShellStart;
import io.jenkins.plugins.shera.terminal.session.Shells;
import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** All sessions of this Jenkins. Every five seconds each is asked whether its owner still may, and whether its time is up. */
@Extension
public class TerminalDesk implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(TerminalDesk.class.getName());
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int MOST_OF_ONE = 10;
    private static final int MOST = 1000;
    private static final int START_SECONDS = 10;

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final EndedSessions ended = new EndedSessions();
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();
    private final Clients clients = new Clients();

    private record Open(TerminalSession session, ClusterAccess access) {}

    /** The one instance. */
    public static TerminalDesk get() {
        return ExtensionList.lookupSingleton(TerminalDesk.class);
    }

    /** Begins the rounds. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        Schedules.get().every(ROUND, "terminal sessions", ACL.SYSTEM_USERNAME, () -> get().round());
    }

    /** Ends every shell with Jenkins. */
    @Terminator
    public static void stop() {
        for (TerminalDesk desk : ExtensionList.lookup(TerminalDesk.class)) {
            desk.open.values().forEach(each -> each.session.kill("killed"));
        }
        for (Recordings recordings : ExtensionList.lookup(Recordings.class)) {
            recordings.finish();
        }
    }

    /**
     * A new session of the calling user, as large as the page says; refused with the cluster's reason, when the user has too many,
     * or when it must be recorded and cannot be. The access is null for a docker engine.
     */
    TerminalSession open(User owner, Target target, ClusterAccess access, String shell, int columns, int rows)
            throws IOException {
        long own = open.values().stream()
                .filter(each -> each.session.owner().equals(owner.getId()) && !each.session.isEnded())
                .count();
        if (own >= MOST_OF_ONE || open.size() >= MOST) {
            throw Refusal.conflict(
                    "session", Messages.TerminalDesk_many(MOST_OF_ONE), Messages.TerminalDesk_many_next());
        }
        String id = UUID.randomUUID().toString();
        Recording recording =
                isRecorded(target) ? Recordings.get().begin(id, target, owner.getId(), columns, rows) : null;
        TerminalSession session = new TerminalSession(id, owner.getId(), target, Clock.systemUTC(), recording);
        boolean opened = false;
        try {
            start(session, access, shell);
            session.resize(columns, rows);
            open.put(session.id(), new Open(session, access));
            opened = true;
        } finally {
            if (!opened && recording != null) {
                Recordings.get().discard(recording, id, target);
            }
        }
        audit("terminal.open", session);
        tell(session);
        return session;
    }

    private void start(TerminalSession session, ClusterAccess access, String shell) throws IOException {
        Target target = session.target();
        String word = "shera-" + UUID.randomUUID();
        ShellStart heard = new ShellStart(session, word, mark -> Leftovers.get().begun(session.id(), target, mark));
        ExecApi exec =
                access == null ? EngineDoor.exec(target) : clients.take(access).exec();
        try {
            ExecRequest request = new ExecRequest(
                    target.namespace(), target.pod(), target.container(), Shells.command(shell, word), true, true);
            session.runs(exec.start(request, heard).get(START_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            giveBack(access);
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException | TimeoutException e) {
            giveBack(access);
            LOGGER.log(Level.FINE, "no shell in " + target, e);
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.TerminalDesk_failed(),
                    target.pod(),
                    Messages.TerminalDesk_failed_why(),
                    Messages.TerminalDesk_failed_next());
        }
    }

    private void giveBack(ClusterAccess access) {
        if (access != null) {
            clients.giveBack(access);
        }
    }

    private static boolean isRecorded(Target target) {
        Application application = SheraConfiguration.get().application(target.tenant(), target.application());
        return application != null
                && application
                        .environment(target.environment())
                        .filter(each -> Recordings.get().isDemanded(target.tenant(), each))
                        .isPresent();
    }

    /** The session if there is one of this id, or null. */
    TerminalSession find(String id) {
        Open found = open.get(id);
        return found == null ? null : found.session;
    }

    /** The session that is shared by this word, or null. */
    TerminalSession shared(String link) {
        return open.values().stream()
                .map(Open::session)
                .filter(each -> !link.isEmpty() && each.link().equals(link))
                .findFirst()
                .orElse(null);
    }

    /** Sessions in an application, the oldest first. */
    List<TerminalSession> of(String tenant, String application) {
        return open.values().stream()
                .map(Open::session)
                .filter(each -> each.target().tenant().equals(tenant)
                        && each.target().application().equals(application)
                        && !each.isEnded())
                .sorted(java.util.Comparator.comparing(TerminalSession::started))
                .toList();
    }

    /** Those of a user in an application that ended lately, the newest first. */
    List<EndedSessions.Ended> ended(String user, String tenant, String application) {
        return ended.of(user, tenant, application);
    }

    /** Ends what may not go on, and writes down what has ended. */
    void round() {
        for (Open each : open.values()) {
            TerminalSession session = each.session;
            if (!session.isEnded() && hasLost(session, session.owner())) {
                session.kill("right");
            }
            for (String watcher : session.watchers()) {
                if (hasLost(session, watcher)) {
                    session.unwatch(watcher, "right");
                }
            }
            if (!session.isEnded() && !session.isRecorded() && isRecorded(session.target())) {
                session.kill("demanded");
            }
            session.keepWithin(SessionLimits.STANDARD);
            if (session.isEnded() && open.remove(session.id(), each)) {
                giveBack(each.access);
                Leftovers.get().over(session.id(), session.isOverByItself());
                doubted.removeIf(look -> look.startsWith(session.id()));
                ended.add(session);
                LOGGER.log(Level.INFO, "{0}", EndedSessions.line(session));
                audit("terminal.close", session);
            }
        }
    }

    /** A folder that is being moved is nowhere for a moment, and its tenant follows: only the second look at none counts. */
    private boolean hasLost(TerminalSession session, String user) {
        Target target = session.target();
        String look = session.id() + " " + user;
        if (may(target, user)) {
            doubted.remove(look);
            return false;
        }
        Tenant tenant = SheraConfiguration.get().tenant(target.tenant());
        if (tenant != null && !tenant.getFolder().isEmpty() && TenantFolder.of(tenant) == null) {
            return !doubted.add(look);
        }
        return !may(target, user);
    }

    /** Whether a user has the right to look now, in an application that still is the tenant's. */
    static boolean may(Target target, String user) {
        Tenant tenant = SheraConfiguration.get().tenant(target.tenant());
        Application application = SheraConfiguration.get().application(target.tenant(), target.application());
        User owner = User.getById(user, false);
        if (tenant == null || application == null || owner == null) {
            return false;
        }
        boolean inside = application
                .environment(target.environment())
                .filter(each -> each.getNamespace().equals(target.namespace())
                        && each.getPolicy().getTerminal().allows(target.container())
                        && Passes.get().isLetIn(target.tenant(), target.application(), each, user)
                        && tenant.owns(each.getCluster(), each.getNamespace())
                        && (!EngineDoor.isEngine(target.pod()) || EngineDoor.isOpen(target.pod(), target.tenant())))
                .isPresent();
        try {
            return inside
                    && isActive(owner.getUserDetailsForImpersonation2())
                    && TenantFolder.allows(tenant, owner.impersonate2(), SheraPermissions.TERMINAL);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "who looks at a session cannot be asked for", e);
            return false;
        }
    }

    /** An account that is closed keeps its permissions in Jenkins, where nobody looks at it again before the next sign-in. */
    private static boolean isActive(UserDetails account) {
        return account.isEnabled() && account.isAccountNonLocked() && account.isAccountNonExpired();
    }

    /** A line of the trail is written also after the account is gone. */
    private static Authentication account(String user) {
        User known = User.getById(user, false);
        try {
            return known == null ? ACL.SYSTEM2 : known.impersonate2();
        } catch (UsernameNotFoundException e) {
            return ACL.SYSTEM2;
        }
    }

    private static void audit(String what, TerminalSession session) {
        Target target = session.target();
        try (ACLContext ignored = ACL.as2(account(session.owner()))) {
            AuditLine.of(what, target.tenant() + "/" + target.application())
                    .tenant(target.tenant())
                    .after("{\"session\":\"" + session.id() + "\",\"owner\":" + TextNode.valueOf(session.owner())
                            + ",\"environment\":\"" + target.environment()
                            + "\",\"pod\":\"" + target.pod() + "\",\"container\":\"" + target.container()
                            + "\",\"bytes\":" + session.said() + why(session) + page(session) + "}")
                    .done();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "cannot write down " + what + " of session " + session.id(), e);
        }
    }

    private static String why(TerminalSession session) {
        return session.isEnded() ? ",\"why\":\"" + session.ending() + "\"" : "";
    }

    private static String page(TerminalSession session) {
        return session.isRecorded() ? ",\"page\":\"" + Recordings.path(session.target(), session.id()) + "\"" : "";
    }

    private static void tell(TerminalSession session) {
        Target target = session.target();
        Application application = SheraConfiguration.get().application(target.tenant(), target.application());
        if (application == null) {
            return;
        }
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.TERMINAL,
                Messages._TerminalDesk_opened(target.pod(), target.container()),
                "",
                session.owner(),
                target.environment());
        try {
            Timelines.get()
                    .append(
                            application,
                            session.isRecorded()
                                    ? entry.linked(Messages.RecordingsTab_link(), Recordings.path(target, session.id()))
                                    : entry);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + application.getName(), e);
        }
    }
}
