package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.hooks.DeadMan;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;

/** Every Alertmanager, as the platform page tells of them: whether it answers, and whether heartbeats come through. */
@Extension
public class AlertmanagerConnections extends ConnectionKind {

    @Override
    public String id() {
        return "alertmanager";
    }

    @Override
    public String title() {
        return Messages.AlertmanagerConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.AlertmanagerConnections_purpose();
    }

    @Override
    public int order() {
        return 65;
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
        return MonitoringConfiguration.get().getAlertmanagers().stream()
                .map(each -> (Connection) new Of(each))
                .toList();
    }

    private record Of(AlertmanagerServer server) implements Connection {
        @Override
        public String name() {
            return server.getId();
        }

        @Override
        public URI address() {
            return URI.create(server.getUrl());
        }

        @Override
        public String test() throws IOException {
            server.client().configuration();
            TreeSet<String> silent = new TreeSet<>(DeadMan.get().silent());
            if (!server.getConfigFile().isEmpty() && !silent.isEmpty()) {
                throw new IOException(Messages.AlertmanagerConnections_silent(String.join(", ", silent)));
            }
            return Messages.AlertmanagerConnections_said();
        }
    }
}
