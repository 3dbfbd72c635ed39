package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MetricHistorySettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.history.InfluxHistory;
import io.jenkins.plugins.shera.platform.extension.OptionalServers;
import java.io.IOException;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The histories of metrics, as the platform page tells of them. */
@Extension
public class MetricHistoryConnections extends OptionalServers<MetricHistorySettings> {

    /** Made by Jenkins. */
    public MetricHistoryConnections() {
        super("metricHistory", 62);
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
    protected List<MetricHistorySettings> servers() {
        return MonitoringConfiguration.get().getMetricHistories();
    }

    @Override
    protected String name(MetricHistorySettings history) {
        return history.getId();
    }

    @Override
    protected String url(MetricHistorySettings history) {
        return history.getUrl();
    }

    @Override
    protected Localizable test(MetricHistorySettings history) throws IOException {
        InfluxHistory open = history.open();
        String version = open.version();
        return Messages._MetricHistoryConnections_said(version, String.join(", ", open.present()));
    }
}
