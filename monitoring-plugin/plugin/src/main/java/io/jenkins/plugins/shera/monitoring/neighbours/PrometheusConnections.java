package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The Prometheus servers, as the platform page tells of them. */
@Extension
public class PrometheusConnections extends ConnectionKind {

    @Override
    public String id() {
        return "prometheus";
    }

    @Override
    public String title() {
        return Messages.PrometheusConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.PrometheusConnections_purpose();
    }

    @Override
    public int order() {
        return 60;
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
            return URI.create(server.getUrl());
        }

        @Override
        public String test() throws IOException {
            return Messages.PrometheusConnections_said(server.client().version());
        }
    }
}
