package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The daemons that serve thresholds, as the platform page tells of them. */
@Extension
public class ThresholdConnections extends ConnectionKind {

    @Override
    public String id() {
        return "thresholds";
    }

    @Override
    public String title() {
        return Messages.ThresholdConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.ThresholdConnections_purpose();
    }

    @Override
    public int order() {
        return 62;
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
        return MonitoringConfiguration.get().getPrometheusServers().stream()
                .filter(PrometheusServer::hasDaemon)
                .map(each -> (Connection) new Of(each))
                .toList();
    }

    private record Of(PrometheusServer server) implements Connection {
        @Override
        public String name() {
            return server.getId();
        }

        @Override
        public URI address() {
            return URI.create(server.getThresholdsUrl());
        }

        @Override
        public String test() throws IOException {
            return Messages.ThresholdConnections_said(
                    String.valueOf(server.daemon().tenants().size()));
        }
    }
}
