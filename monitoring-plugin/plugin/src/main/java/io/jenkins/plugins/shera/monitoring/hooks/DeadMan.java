package io.jenkins.plugins.shera.monitoring.hooks;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import io.jenkins.plugins.shera.monitoring.alertmanager.Notice;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.desk.Watchdogs;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells when what tells of alerts is gone itself. Each Prometheus has an alert that always fires, and Alertmanager tells Jenkins of it
 * again and again: when these heartbeats stay out, a server or the way between them is broken, and Jenkins tells so by a way of its own.
 */
@Extension
public class DeadMan implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(DeadMan.class.getName());
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final int MISSED = 5;
    private static final int UNANSWERED = 3;

    /** An alert that Prometheus could not hand on, as just after a reload, is sent again after a minute. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Instant started = Instant.now();
    private final Map<String, Instant> beats = new ConcurrentHashMap<>();
    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final Map<String, Integer> unanswered = new ConcurrentHashMap<>();
    private final Set<String> gone = new HashSet<>();

    /** The one instance. */
    public static DeadMan get() {
        return ExtensionList.lookupSingleton(DeadMan.class);
    }

    /** Begins to listen once everything is loaded. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        Schedules.get().every(ROUND, "heartbeats of Prometheus", ACL.SYSTEM_USERNAME, () -> get().check());
    }

    /** Heartbeats that came in. */
    void heard(List<Notice> notices) {
        for (Notice notice : notices) {
            String server = notice.label(Watchdogs.LABEL);
            if (notice.isFiring() && !server.isEmpty()) {
                beats.put(server, Instant.now());
            }
        }
    }

    /** When the last heartbeat of a Prometheus came; empty when none came since Jenkins was started. */
    public Optional<Instant> last(String server) {
        return Optional.ofNullable(beats.get(server));
    }

    /** Looks after every Prometheus, and tells of those that are newly gone or back. */
    public void check() {
        check(Instant.now());
    }

    /** The same as if it were then. */
    synchronized void check(Instant now) {
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        Set<String> watched = new HashSet<>();
        for (PrometheusServer server : Watchdogs.watched()) {
            watched.add(server.getId());
            Instant last = beats.getOrDefault(server.getId(), first(server.getId()));
            // Alertmanager holds an alert for minutes after the Prometheus that sent it is gone, so that one is asked
            // itself, too.
            int failures = isThere(server) ? 0 : unanswered.getOrDefault(server.getId(), 0) + 1;
            unanswered.put(server.getId(), failures);
            boolean silent = failures >= UNANSWERED
                    || last.plus(configuration.heartbeat().multipliedBy(MISSED))
                            .plus(GRACE)
                            .isBefore(now);
            if (silent && gone.add(server.getId())) {
                tell(false, server, Messages.DeadMan_gone(server.getId(), last, reason(server)));
            } else if (!silent && gone.remove(server.getId())) {
                tell(true, server, Messages.DeadMan_back(server.getId()));
            }
        }
        gone.retainAll(watched);
        since.keySet().retainAll(watched);
        beats.keySet().retainAll(watched);
        unanswered.keySet().retainAll(watched);
    }

    /** A server is given time from the moment it was first looked after. */
    private Instant first(String server) {
        return since.computeIfAbsent(
                server, id -> Instant.now().isBefore(started.plus(ROUND)) ? started : Instant.now());
    }

    /** Ids of the Prometheus servers whose heartbeats stay out. */
    public synchronized Set<String> silent() {
        return Set.copyOf(gone);
    }

    private static boolean isThere(PrometheusServer server) {
        try {
            server.client().version();
            return true;
        } catch (IOException | Refusal e) {
            return false;
        }
    }

    private static String reason(PrometheusServer server) {
        if (!isThere(server)) {
            return Messages.DeadMan_prometheus(server.getId());
        }
        List<String> dumb = new ArrayList<>();
        for (AlertmanagerServer each : MonitoringConfiguration.get().getAlertmanagers()) {
            try {
                each.client().configuration();
            } catch (IOException | Refusal e) {
                dumb.add(each.getId());
            }
        }
        return dumb.isEmpty() ? Messages.DeadMan_between() : Messages.DeadMan_alertmanager(String.join(", ", dumb));
    }

    private static void tell(boolean good, PrometheusServer server, String text) {
        AuditLine line = AuditLine.of("monitoring.heartbeat", server.getId());
        if (good) {
            line.done();
        } else {
            line.failed(text);
        }
        LOGGER.log(good ? Level.INFO : Level.SEVERE, text);
        try {
            Alarm.ring(text);
        } catch (IOException | Refusal e) {
            LOGGER.log(Level.SEVERE, "nobody could be told that " + text, e);
        }
    }
}
