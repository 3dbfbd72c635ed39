package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.platform.extension.OptionalServers;
import java.io.IOException;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The Prometheus servers, as the platform page tells of them. */
@Extension
public class PrometheusConnections extends OptionalServers<PrometheusServer> {

    /** Made by Jenkins. */
    public PrometheusConnections() {
        super("prometheus", 60);
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
    protected List<PrometheusServer> servers() {
        return MonitoringConfiguration.get().getPrometheusServers();
    }

    @Override
    protected String name(PrometheusServer server) {
        return server.getId();
    }

    @Override
    protected String url(PrometheusServer server) {
        return server.getUrl();
    }

    @Override
    protected Localizable test(PrometheusServer server) throws IOException {
        return Messages._PrometheusConnections_said(server.client().version());
    }
}
