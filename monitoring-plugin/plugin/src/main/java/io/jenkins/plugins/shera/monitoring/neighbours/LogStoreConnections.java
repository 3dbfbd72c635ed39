package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.LogStoreSettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The stores of logs, as the platform page tells of them. */
@Extension
public class LogStoreConnections extends ConnectionKind {

    @Override
    public String id() {
        return "logStore";
    }

    @Override
    public String title() {
        return Messages.LogStoreConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.LogStoreConnections_purpose();
    }

    @Override
    public int order() {
        return 67;
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public String settings() {
        return "manage/configure";
    }

    @Override
    public List<Connection> connections() {
        return MonitoringConfiguration.get().getLogStores().stream()
                .map(each -> (Connection) new Of(each))
                .toList();
    }

    private record Of(LogStoreSettings store) implements Connection {
        @Override
        public String name() {
            return store.getCluster();
        }

        @Override
        public URI address() {
            return URI.create(store.getUrl());
        }

        @Override
        public String test() throws IOException {
            return Messages.LogStoreConnections_said(store.open().version());
        }
    }
}
