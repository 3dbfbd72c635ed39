package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MetricHistorySettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.history.InfluxHistory;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The histories of metrics, as the platform page tells of them. */
@Extension
public class MetricHistoryConnections extends ConnectionKind {

    @Override
    public String id() {
        return "metricHistory";
    }

    @Override
    public String title() {
        return Messages.MetricHistoryConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.MetricHistoryConnections_purpose();
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
        return MonitoringConfiguration.get().getMetricHistories().stream()
                .map(each -> (Connection) new Of(each))
                .toList();
    }

    private record Of(MetricHistorySettings history) implements Connection {
        @Override
        public String name() {
            return history.getId();
        }

        @Override
        public URI address() {
            return URI.create(history.getUrl());
        }

        @Override
        public String test() throws IOException {
            InfluxHistory open = history.open();
            String version = open.version();
            return Messages.MetricHistoryConnections_said(version, String.join(", ", open.present()));
        }
    }
}
