package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.monitoring.alertmanager.AlertmanagerConfig;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeBook;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticePolicy;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeRoute;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeStore;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.alertmanager.Timing;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where it is changed who is told of a tenant's alerts: on every Alertmanager, or on none. */
public final class NoticeDesk {

    private static final Logger LOGGER = Logger.getLogger(NoticeDesk.class.getName());
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    private static final String STORE = "notices";

    private NoticeDesk() {}

    /** What a tenant has set. */
    public static NoticeBook book(String tenant) throws IOException {
        return store().read(tenant);
    }

    private static NoticeStore store() {
        return new NoticeStore(SheraConfiguration.get().root().resolve(STORE));
    }

    /** Every Alertmanager whose configuration is ours to change. */
    public static List<AlertmanagerServer> servers() {
        return MonitoringConfiguration.get().getAlertmanagers().stream()
                .filter(server -> !server.getConfigFile().isEmpty())
                .toList();
    }

    /** What {@link #set} would change, checked by amtool on every server; nothing is kept. */
    public static List<String> preview(Tenant tenant, NoticeBook wanted) throws IOException, InterruptedException {
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            checkTimes(wanted);
            for (AlertmanagerServer server : serversFor(wanted)) {
                NoticeParts parts = parts(server, tenant, wanted);
                parts.check();
                server.config().check(parts.config());
            }
            return changes(book(tenant.getId()), wanted);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /**
     * Replaces what a tenant has set and puts it in force; where one server refuses, those before it get the old part back.
     *
     * @param expected version the change was made from, negative for any
     * @return the book's new version
     */
    public static long set(Tenant tenant, NoticeBook wanted, long expected) throws IOException, InterruptedException {
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            NoticeBook before = book(tenant.getId());
            if (expected >= 0 && before.version() != expected) {
                throw Refusal.conflict("version", Messages.NoticeDesk_stale(), Messages.NoticeDesk_stale_next());
            }
            checkTimes(wanted);
            List<AlertmanagerServer> servers = serversFor(wanted);
            // All of them are read before anything is changed.
            for (AlertmanagerServer server : servers) {
                parts(server, tenant, wanted).check();
            }
            List<AlertmanagerServer> done = new ArrayList<>();
            try {
                for (AlertmanagerServer server : servers) {
                    push(server, tenant, before, wanted);
                    done.add(server);
                }
            } catch (IOException e) {
                throw new IOException(
                        "Alertmanager " + servers.get(done.size()).getId() + ": " + e.getMessage()
                                + putBack(done, tenant, before),
                        e);
            }
            store().write(tenant.getId(), wanted.numbered(before.version() + 1));
            return before.version() + 1;
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /** Robots first, so that nothing is told to one that is not there; where the rest is refused, they are as they were. */
    private static void push(AlertmanagerServer server, Tenant tenant, NoticeBook before, NoticeBook wanted)
            throws IOException, InterruptedException {
        NoticeParts parts = parts(server, tenant, wanted);
        parts.bring();
        try {
            server.config().push(parts.config());
        } catch (IOException | InterruptedException | RuntimeException e) {
            try {
                parts(server, tenant, before).bring();
            } catch (IOException | RuntimeException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
    }

    private static NoticeParts parts(AlertmanagerServer server, Tenant tenant, NoticeBook book) {
        return new NoticeParts(server, tenant, book, policy());
    }

    private static String putBack(List<AlertmanagerServer> done, Tenant tenant, NoticeBook before)
            throws InterruptedException {
        StringBuilder lost = new StringBuilder();
        for (AlertmanagerServer server : done) {
            try {
                push(server, tenant, before, before);
            } catch (IOException | Refusal e) {
                lost.append(" Alertmanager ")
                        .append(server.getId())
                        .append(" has the new part and could not be given the old one: ")
                        .append(e.getMessage());
            }
        }
        return lost.toString();
    }

    private static NoticePolicy policy() {
        return MonitoringConfiguration.get().noticePolicy();
    }

    private static void checkTimes(NoticeBook wanted) {
        try {
            policy().check(wanted);
        } catch (InvalidThresholdException e) {
            throw Refusal.input(e.field(), e.why(), e.next());
        }
    }

    /** Lets the parts of all tenants follow what the platform says of them, and secrets that were replaced. */
    static void bring() throws InterruptedException {
        for (Tenant tenant : SheraConfiguration.get().getTenants()) {
            for (AlertmanagerServer server : servers()) {
                try {
                    exclusively(() -> bring(tenant, server));
                } catch (IOException | Refusal e) {
                    LOGGER.log(
                            Level.WARNING,
                            "Alertmanager " + server.getId() + " was not told anew who is told of " + tenant.getId(),
                            e);
                }
            }
        }
    }

    private static void bring(Tenant tenant, AlertmanagerServer server) throws IOException, InterruptedException {
        NoticeBook book = book(tenant.getId());
        if (book.receivers().isEmpty()) {
            return;
        }
        NoticeParts parts = parts(server, tenant, book);
        parts.bring();
        if (!server.config().holds(parts.config())) {
            server.config().push(parts.config());
        }
    }

    /** Takes away all that a tenant, which is no more, had. */
    static void clear(String tenant) throws IOException, InterruptedException {
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            for (AlertmanagerServer server : servers()) {
                if (server.config().knows(tenant)) {
                    server.config().push(new AlertmanagerConfig.Wanted(tenant, NoticeBook.empty(), policy(), Map.of()));
                }
                if (server.hasChats()) {
                    server.chats().bring(tenant, List.of());
                }
            }
            store().remove(tenant);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /** Work on configurations that nobody may do at the same time. */
    interface Exclusive {
        void run() throws IOException, InterruptedException;
    }

    static void exclusively(Exclusive work) throws IOException, InterruptedException {
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            work.run();
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /** Receivers without routes need no Alertmanager: they may hear of releases, of which Jenkins tells them itself. */
    private static List<AlertmanagerServer> serversFor(NoticeBook wanted) {
        List<AlertmanagerServer> servers = servers();
        if (servers.isEmpty() && !wanted.routes().isEmpty()) {
            throw Refusal.unknown("Alertmanager", Messages.NoticeDesk_none(), Messages.NoticeDesk_none_next());
        }
        return servers;
    }

    private static List<String> changes(NoticeBook before, NoticeBook after) {
        Set<String> old = lines(before);
        Set<String> wanted = lines(after);
        List<String> changes = new ArrayList<>();
        old.stream().filter(line -> !wanted.contains(line)).forEach(line -> changes.add("- " + line));
        wanted.stream().filter(line -> !old.contains(line)).forEach(line -> changes.add("+ " + line));
        return changes;
    }

    private static Set<String> lines(NoticeBook book) {
        Set<String> lines = new LinkedHashSet<>();
        for (Receiver each : book.receivers()) {
            lines.add("receiver " + each.name() + ": " + each.kind()
                    + words(each.to(), each.url(), each.credentialsId(), each.signingCredentialsId()));
        }
        for (NoticeRoute each : book.routes()) {
            lines.add("route to " + each.receiver() + ":"
                    + words(each.application(), each.environment(), each.severity(), each.repeat()));
        }
        Timing timing = book.timing();
        if (!timing.equals(Timing.usual())) {
            lines.add("timing: by "
                    + String.join(", ", timing.groupBy().isEmpty() ? Timing.USUAL : timing.groupBy())
                    + named("groupWait", timing.groupWait())
                    + named("groupInterval", timing.groupInterval())
                    + named("repeatInterval", timing.repeatInterval())
                    + (timing.keepWarnings() ? ", warnings beside critical ones" : ""));
        }
        return lines;
    }

    private static String named(String name, String value) {
        return value.isEmpty() ? "" : ", " + name + " " + value;
    }

    private static String words(String... words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            if (!word.isEmpty()) {
                text.append(' ').append(word);
            }
        }
        return text.toString();
    }
}
