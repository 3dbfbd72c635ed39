package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.LogStoreSettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.platform.extension.OptionalServers;
import java.io.IOException;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The stores of logs, as the platform page tells of them. */
@Extension
public class LogStoreConnections extends OptionalServers<LogStoreSettings> {

    /** Made by Jenkins. */
    public LogStoreConnections() {
        super("logStore", 67);
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
    protected List<LogStoreSettings> servers() {
        return MonitoringConfiguration.get().getLogStores();
    }

    @Override
    protected String name(LogStoreSettings store) {
        return store.getCluster();
    }

    @Override
    protected String url(LogStoreSettings store) {
        return store.getUrl();
    }

    @Override
    protected Localizable test(LogStoreSettings store) throws IOException {
        return Messages._LogStoreConnections_said(store.open().version());
    }
}
