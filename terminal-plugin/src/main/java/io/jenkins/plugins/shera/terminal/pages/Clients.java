package io.jenkins.plugins.shera.terminal.pages;

import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import java.util.HashMap;
import java.util.Map;

/** One client for all sessions with the same identity at the same cluster, so that a session has no thread of its own. */
final class Clients {

    private final Map<ClusterAccess, Shared> open = new HashMap<>();

    /** The client; to be given back once for each time it was taken. */
    synchronized ClusterClient take(ClusterAccess access) {
        Shared shared =
                open.computeIfAbsent(access, key -> new Shared(ClusterClient.open(key, TimeLimits.INTERACTIVE)));
        shared.users++;
        return shared.client;
    }

    synchronized void giveBack(ClusterAccess access) {
        Shared shared = open.get(access);
        if (shared != null && --shared.users == 0) {
            open.remove(access);
            shared.client.close();
        }
    }

    private static final class Shared {
        private final ClusterClient client;
        private int users;

        Shared(ClusterClient client) {
            this.client = client;
        }
    }
}
