package io.jenkins.plugins.shera.monitoring.releases;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNotice;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNoticeConfiguration;
import io.jenkins.plugins.shera.monitoring.desk.NoticeDesk;
import io.jenkins.plugins.shera.monitoring.news.Delivery;
import io.jenkins.plugins.shera.monitoring.news.NotTakenException;
import io.jenkins.plugins.shera.monitoring.news.Outbox;
import io.jenkins.plugins.shera.monitoring.news.OutboxFiles;
import io.jenkins.plugins.shera.monitoring.news.ReceiverState;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes news of releases, keeps it for the receivers its tenant wants told, and tells them in the background, two at a time at most. */
@Extension
public class ReleaseMailroom implements ReleaseNotifier {

    private static final Logger LOGGER = Logger.getLogger(ReleaseMailroom.class.getName());
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration TIDY = Duration.ofHours(6);
    private static final int LANES = 2;
    private static final int MOST_IN_ROUND = 20;

    private Outbox outbox;

    /** The one instance. */
    public static ReleaseMailroom get() {
        return ExtensionList.lookupSingleton(ReleaseMailroom.class);
    }

    /** Begins once everything is loaded, with what was not told before. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        for (int lane = 0; lane < LANES; lane++) {
            Schedules.get().every(ROUND, "news of releases", ACL.SYSTEM_USERNAME, () -> get().round());
        }
        Schedules.get().every(TIDY, "old news of releases", ACL.SYSTEM_USERNAME, () -> get().tidy());
    }

    private synchronized Outbox outbox() throws IOException {
        if (outbox == null) {
            outbox = new Outbox(new OutboxFiles(SheraConfiguration.get().root().resolve("release-news")));
        }
        return outbox;
    }

    @Override
    public void tell(ReleaseNews news) throws IOException {
        Set<String> told = new HashSet<>();
        for (ReleaseNotice rule : ReleaseNoticeConfiguration.get().of(news.tenant())) {
            if (!rule.wants(news)
                    || receiver(news.tenant(), rule.getReceiver()).isEmpty()
                    || !told.add(rule.getReceiver())) {
                continue;
            }
            ReleaseWords words = new ReleaseWords(news, rule.locale());
            outbox().add(new Delivery(
                    id(news.key() + "\n" + rule.getReceiver()),
                    news.tenant(),
                    rule.getReceiver(),
                    words.title(),
                    words.text(),
                    words.facts(),
                    news.at().toEpochMilli()));
        }
    }

    /** A receiver of this tenant and of no other. */
    private static Optional<Receiver> receiver(String tenant, String name) throws IOException {
        return NoticeDesk.book(tenant).receivers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private static String id(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private void round() {
        try {
            for (int i = 0; i < MOST_IN_ROUND && !Thread.currentThread().isInterrupted(); i++) {
                Optional<Outbox.Attempt> attempt = outbox().next(Instant.now());
                if (attempt.isEmpty()) {
                    return;
                }
                carry(attempt.get());
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "news of releases cannot be read or kept", e);
        }
    }

    private void carry(Outbox.Attempt attempt) throws IOException {
        boolean settled = false;
        try {
            Tenant tenant = SheraConfiguration.get().tenant(attempt.tenant());
            Optional<Receiver> receiver =
                    tenant == null ? Optional.empty() : receiver(attempt.tenant(), attempt.receiver());
            settled = true;
            if (receiver.isEmpty()) {
                outbox().drop(attempt, "there is no such receiver any more", Instant.now());
                return;
            }
            new ReleaseSender(tenant, receiver.get()).send(attempt);
            outbox().delivered(attempt, Instant.now());
        } catch (NotTakenException e) {
            LOGGER.log(Level.FINE, "{0}", e.getMessage());
            if (Thread.currentThread().isInterrupted()) {
                // Jenkins goes down, which is no fault of the receiver: it is told after the start.
                outbox().release(attempt);
                return;
            }
            for (Delivery lost : outbox().failed(attempt, e.getMessage(), e.again(), Instant.now())) {
                lost(lost, e.getMessage());
            }
        } catch (RuntimeException e) {
            settled = true;
            LOGGER.log(Level.WARNING, "a receiver of " + attempt.tenant() + " cannot be told", e);
            outbox().failed(attempt, e.getClass().getSimpleName(), Duration.ZERO, Instant.now());
        } finally {
            if (!settled) {
                outbox().release(attempt);
            }
        }
    }

    /** That somebody was not told stands where they would look. */
    private static void lost(Delivery news, String why) {
        LOGGER.log(Level.WARNING, "{0}/{1} was not told: {2}: {3}", new Object[] {
            news.tenant(), news.receiver(), news.title(), why
        });
        Application application =
                SheraConfiguration.get().application(news.tenant(), news.facts().getOrDefault("application", ""));
        if (application == null) {
            return;
        }
        try {
            Timelines.get()
                    .append(
                            application,
                            TimelineEntry.now(
                                    TimelineEntry.Kind.ALERT,
                                    Messages._ReleaseMailroom_lost(news.receiver()),
                                    news.title() + ": " + why,
                                    "SheRa",
                                    news.facts().getOrDefault("environment", "")));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + news.tenant(), e);
        }
    }

    private void tidy() {
        try {
            outbox().tidy();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "old news of releases cannot be taken away", e);
        }
    }

    /** Says a test to a receiver of a tenant, now. */
    public void test(Tenant tenant, Receiver receiver, String words) throws IOException {
        Delivery test = new Delivery(
                id(tenant.getId() + "\n" + receiver.name() + "\n" + Instant.now()),
                tenant.getId(),
                receiver.name(),
                words,
                words,
                Map.of("tenant", tenant.getId(), "event", "test"),
                Instant.now().toEpochMilli());
        Outbox.Attempt attempt = new Outbox.Attempt(tenant.getId(), receiver.name(), List.of(test));
        String result = ReceiverState.FAILING;
        String why = "";
        try {
            new ReleaseSender(tenant, receiver).send(attempt);
            result = ReceiverState.DELIVERED;
        } catch (NotTakenException e) {
            why = e.getMessage();
            throw e;
        } finally {
            ReceiverState state =
                    new ReceiverState(result, why, words, Instant.now().toEpochMilli());
            outbox().tried(tenant.getId(), receiver.name(), state);
        }
    }

    /** What became of the last news for a receiver of a tenant. */
    public ReceiverState state(String tenant, String receiver) throws IOException {
        return outbox().state(tenant, receiver);
    }

    /** How much waits for a receiver of a tenant. */
    public int waiting(String tenant, String receiver) throws IOException {
        return outbox().waiting(tenant, receiver);
    }

    /** Something was set differently: what waits is tried at once. */
    public void hurry(String tenant) throws IOException {
        outbox().hurry(tenant);
    }
}
