package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.terminal.config.TerminalConfiguration;
import io.jenkins.plugins.shera.terminal.pack.Origin;
import io.jenkins.plugins.shera.terminal.recording.Facts;
import io.jenkins.plugins.shera.terminal.recording.Recording;
import io.jenkins.plugins.shera.terminal.recording.Shelf;
import io.jenkins.plugins.shera.terminal.session.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The recordings of terminal sessions: where one is demanded, those under way, how long they are kept, and who watched them. */
@Extension
public class Recordings implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(Recordings.class.getName());
    private static final Duration ROUND = Duration.ofMinutes(15);
    private static final Duration WATCHED_ONCE = Duration.ofMinutes(10);
    private static final int MOST_WATCHERS = 1000;
    private static final int CLOSE_SECONDS = 10;
    private static final int THREADS = 2;

    private final Map<String, Recording> open = new ConcurrentHashMap<>();
    private final Map<String, Instant> watched = new ConcurrentHashMap<>();
    /** A recording has at most one piece of work in it, so there are no more than sessions. */
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(work, "shera-terminal-recordings");
                thread.setDaemon(true);
                return thread;
            });

    /** Threads that are not needed go away. */
    public Recordings() {
        writer.allowCoreThreadTimeOut(true);
    }

    /** The one instance. */
    public static Recordings get() {
        return ExtensionList.lookupSingleton(Recordings.class);
    }

    /** Begins to take away what is too old, at once with what an earlier Jenkins left open. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        Schedules.get().after(Duration.ZERO, "terminal recordings", ACL.SYSTEM_USERNAME, () -> get().sweep());
        Schedules.get().every(ROUND, "terminal recordings", ACL.SYSTEM_USERNAME, () -> get().sweep());
    }

    /** Where they are kept. */
    public Shelf shelf() {
        return new Shelf(SheraConfiguration.get().root().resolve("recordings"));
    }

    /** Whether no session may go on there that is not recorded. */
    public boolean isDemanded(String tenant, Environment environment) {
        return environment.getPolicy().getTerminal().isRecord()
                || TerminalConfiguration.get().records(tenant);
    }

    /**
     * Begins one.
     *
     * @throws Refusal when it cannot be written
     */
    public Recording begin(String session, Target target, String owner, int columns, int rows) {
        Facts facts = Facts.begun(session, target, owner, Instant.now(), columns, rows);
        try {
            Recording recording =
                    shelf().begin(facts, TerminalConfiguration.get().recordingBytes(), writer);
            open.put(session, recording);
            recording.closed().thenAccept(problem -> closed(facts, recording, problem));
            return recording;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a terminal session cannot be recorded", e);
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.Recordings_failed(),
                    target.environment(),
                    Messages.Recordings_failed_why(),
                    Messages.Recordings_failed_next());
        }
    }

    /** Takes away what was begun for a session that never was. */
    public void discard(Recording recording, String session, Target target) {
        recording.ended(Facts.CUT, -1);
        recording.closed().thenAccept(problem -> {
            try {
                shelf().find(target.tenant(), target.application(), session).ifPresent(this::remove);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "recording " + session + " of no session stays", e);
            }
        });
    }

    private void remove(Facts facts) {
        try {
            shelf().remove(facts);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "recording " + facts.id() + " of no session stays", e);
        }
    }

    private void closed(Facts facts, Recording recording, String problem) {
        String said = problem;
        try {
            shelf().end(recording);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the end of recording " + facts.id() + " cannot be written", e);
            said = e.toString();
        }
        open.remove(facts.id());
        if (!said.isEmpty()) {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                line("terminal.recording", facts).failed(said);
            }
        }
    }

    /** Ends what goes on still and waits until all is written, when Jenkins goes down. */
    public void finish() {
        open.values().forEach(each -> each.ended(Facts.CUT, -1));
        CompletableFuture<?>[] all =
                open.values().stream().map(Recording::closed).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "not all recordings of terminals could be closed", e);
        }
        writer.shutdown();
    }

    /** Keeps to the limits of age and size. */
    void sweep() {
        TerminalConfiguration limits = TerminalConfiguration.get();
        try {
            for (Facts gone : shelf().sweep(open::containsKey, Instant.now(), limits.keep(), limits.keepBytes())) {
                line("terminal.recording.delete", gone).done();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "recordings of terminals cannot be cleared away", e);
        }
    }

    /** Writes down that the caller looks at it; once in a while, for it is read piece by piece. */
    public void watched(Facts facts, boolean download) {
        String key = Jenkins.getAuthentication2().getName() + "\n" + facts.id() + "\n" + download;
        Instant now = Instant.now();
        watched.values().removeIf(each -> each.plus(WATCHED_ONCE).isBefore(now));
        if (watched.size() >= MOST_WATCHERS || watched.putIfAbsent(key, now) == null) {
            line(download ? "terminal.recording.download" : "terminal.recording.watch", facts)
                    .done();
        }
    }

    /** The recordings of the sessions in this start of a container, the newest first; none where they cannot be read. */
    List<Facts> in(Tenant tenant, Application application, Origin origin) {
        try {
            return shelf().of(tenant.getId(), application.getName()).stream()
                    .filter(each -> origin.pod().equals(each.target().pod())
                            && origin.container().equals(each.target().container())
                            && (origin.namespace().isEmpty()
                                    || origin.namespace().equals(each.target().namespace()))
                            && (each.isOpen() || each.ended().isAfter(origin.started())))
                    .toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the recordings of " + origin.where() + " cannot be read", e);
            return List.of();
        }
    }

    /** Writes beside them that this image was made. */
    void note(List<Facts> seen, String image) {
        for (Facts each : seen) {
            try {
                shelf().note(each, image);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "recording " + each.id() + " does not name " + image, e);
            }
        }
    }

    /** Links for a timeline. */
    List<TimelineEntry.Link> links(List<Facts> seen) {
        return seen.stream()
                .map(each -> new TimelineEntry.Link(Messages.Recordings_link(), path(each)))
                .toList();
    }

    /** Where a recording is watched, below the root of Jenkins. */
    public static String path(Facts facts) {
        return path(facts.target(), facts.id());
    }

    /** Where the recording of a session is watched, below the root of Jenkins. */
    public static String path(Target target, String session) {
        return "/shera/tenant/" + target.tenant() + "/application/" + target.application() + "/recordings/?recording="
                + session;
    }

    private static AuditLine line(String what, Facts facts) {
        Target target = facts.target();
        String after = JsonNodeFactory.instance
                .objectNode()
                .put("owner", facts.owner())
                .put("environment", target.environment())
                .put("pod", target.pod())
                .put("page", path(facts))
                .toString();
        return AuditLine.of(what, target.tenant() + "/" + target.application() + "/" + facts.id())
                .tenant(target.tenant())
                .after(after);
    }
}
