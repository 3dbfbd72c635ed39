package io.jenkins.plugins.shera.monitoring.neighbours;

import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.function.Function;
import org.jvnet.localizer.Localizable;

/** Daemons of monitoring, as the platform page tells of them: each is asked which tenants it knows. */
abstract class DaemonConnections extends ConnectionKind {

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public String settings() {
        return "manage/configure";
    }

    /** Asks a daemon for its tenants. */
    interface Tenants {
        Collection<String> ask() throws IOException;
    }

    /**
     * One daemon.
     *
     * @param name of the server it serves
     * @param words what is said of the number of its tenants
     */
    record Daemon(String name, URI address, Tenants tenants, Function<Object, Localizable> words)
            implements Connection {
        @Override
        public Localizable test() throws IOException {
            return words.apply(String.valueOf(tenants.ask().size()));
        }
    }
}
