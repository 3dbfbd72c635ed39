package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import java.net.URI;
import java.util.List;

/** The daemons that serve thresholds, as the platform page tells of them. */
@Extension
public class ThresholdConnections extends DaemonConnections {

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
    public List<Connection> connections() {
        return MonitoringConfiguration.get().getPrometheusServers().stream()
                .filter(PrometheusServer::hasDaemon)
                .map(each -> (Connection) new Daemon(
                        each.getId(),
                        URI.create(each.getThresholdsUrl()),
                        () -> each.daemon().tenants(),
                        Messages::_ThresholdConnections_said))
                .toList();
    }
}
