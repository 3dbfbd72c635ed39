package io.jenkins.plugins.shera.platform.health;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.extension.ConnectionFailure;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jvnet.localizer.Localizable;

/** Asks every connection every five minutes, one after the other, and remembers what was heard; forgets with Jenkins' end. */
@Extension
public class HealthBoard implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(HealthBoard.class.getName());
    private static final Duration ROUND = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, Health> heard = new LinkedHashMap<>();

    /** The one instance. */
    public static HealthBoard get() {
        return ExtensionList.lookupSingleton(HealthBoard.class);
    }

    /** Begins the rounds; as SYSTEM, because they are the platform's own and use its credentials alone. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        Schedules.get().every(ROUND, "health of connections", ACL.SYSTEM_USERNAME, () -> get().ask());
    }

    /** Every connection that is configured now, with what was last heard of it. */
    public List<Health> all() {
        List<Health> all = new ArrayList<>();
        for (ConnectionKind kind : ConnectionKind.all()) {
            for (ConnectionKind.Connection connection : kind.connections()) {
                all.add(of(kind, connection));
            }
        }
        return all;
    }

    /** Asks every connection now; one that does not answer costs ten seconds. */
    public void ask() {
        for (ConnectionKind kind : ConnectionKind.all()) {
            for (ConnectionKind.Connection connection : kind.connections()) {
                ask(kind, connection);
            }
        }
    }

    private Health of(ConnectionKind kind, ConnectionKind.Connection connection) {
        synchronized (heard) {
            return heard.computeIfAbsent(
                    key(kind, connection),
                    unused -> Health.unknown(kind.id(), connection.name(), text(connection.address())));
        }
    }

    private void ask(ConnectionKind kind, ConnectionKind.Connection connection) {
        Health before = of(kind, connection);
        Health.State state = Health.State.UP;
        Supplier<String> words;
        Instant until = null;
        try {
            Localizable said =
                    Schedules.get().within(LIMIT, kind.id() + " " + connection.name(), () -> asSystem(connection));
            words = said::toString;
            until = ServerCertificate.until(connection.address());
        } catch (Refusal e) {
            state = Health.State.DOWN;
            words = e::getMessage;
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "asking " + kind.id() + " " + connection.name(), e);
            state = Health.State.DOWN;
            words = why(e.getCause() == null ? e : e.getCause());
        }
        Health now = before.heard(state, words, Instant.now(), until);
        synchronized (heard) {
            heard.put(key(kind, connection), now);
        }
        if (state == Health.State.DOWN && before.state() != Health.State.DOWN) {
            LOGGER.warning(() -> "the " + kind.id() + " " + connection.name() + " does not answer: " + now.message());
        }
    }

    /** In the language of whoever reads it, as far as whoever failed speaks it. */
    private static Supplier<String> why(Throwable cause) {
        if (cause instanceof ConnectionFailure failure) {
            return failure.words()::toString;
        }
        String message = String.valueOf(cause.getMessage());
        return () -> message;
    }

    private static Localizable asSystem(ConnectionKind.Connection connection) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            return connection.test();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With the address, so that what was heard at an old one is not told of a new one. */
    private static String key(ConnectionKind kind, ConnectionKind.Connection connection) {
        return kind.id() + " " + connection.name() + " " + text(connection.address());
    }

    private static String text(URI address) {
        return address == null ? "" : address.toString();
    }
}
