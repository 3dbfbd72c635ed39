package io.jenkins.plugins.shera.platform.extension;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The usual kind of connection: servers that stand in Jenkins' system settings, and that not everybody has. */
public abstract class OptionalServers<S> extends ConnectionKind {
    private final String id;
    private final int order;

    protected OptionalServers(String id, int order) {
        this.id = id;
        this.order = order;
    }

    /** All that are configured now. */
    protected abstract List<S> servers();

    /** Unlike that of any other server of the kind. */
    protected abstract String name(S server);

    /** An http or https address. */
    protected abstract String url(S server);

    /** As {@link Connection#test()}. */
    protected abstract Localizable test(S server) throws IOException, InterruptedException;

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final int order() {
        return order;
    }

    @Override
    public final boolean isNeeded() {
        return false;
    }

    @Override
    public final String settings() {
        return "manage/configure";
    }

    @Override
    public final List<Connection> connections() {
        return servers().stream().map(server -> (Connection) new Of(server)).toList();
    }

    private final class Of implements Connection {
        private final S server;

        Of(S server) {
            this.server = server;
        }

        @Override
        public String name() {
            return OptionalServers.this.name(server);
        }

        @Override
        public URI address() {
            return URI.create(url(server));
        }

        @Override
        public Localizable test() throws IOException, InterruptedException {
            return OptionalServers.this.test(server);
        }
    }
}
