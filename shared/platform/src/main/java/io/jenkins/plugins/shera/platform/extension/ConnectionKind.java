package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** A kind of server the suite talks to: the platform page shows the health of each, the first steps whether there is one. */
public abstract class ConnectionKind implements ExtensionPoint {

    /** A word for REST: {@code cluster}, {@code sonar}, ... */
    public abstract String id();

    /** Its name in the language of the request. */
    public abstract String title();

    /** What one of them is for, as a sentence in the language of the request. */
    public abstract String purpose();

    /** Where it stands among the kinds, the smallest first. */
    public abstract int order();

    /** Whether the way from source to a running application needs one. */
    public abstract boolean isNeeded();

    /** Where an administrator enters one, below the root of Jenkins. */
    public abstract String settings();

    /** All that are configured now. */
    public abstract List<Connection> connections();

    /** Every kind, in order. */
    public static List<ConnectionKind> all() {
        return ExtensionList.lookup(ConnectionKind.class).stream()
                .sorted(Comparator.comparingInt(ConnectionKind::order))
                .toList();
    }

    /** One server as it is configured. */
    public interface Connection {

        /** Unlike that of any other of its kind. */
        String name();

        /** Where it is; null where it has no address, as a program on an agent. */
        URI address();

        /**
         * Asks it, as SYSTEM and with the platform's credential, and says in a sentence what it is; changes nothing there.
         *
         * @throws ConnectionFailure when it answers and is not well all the same
         */
        Localizable test() throws IOException, InterruptedException;
    }
}
