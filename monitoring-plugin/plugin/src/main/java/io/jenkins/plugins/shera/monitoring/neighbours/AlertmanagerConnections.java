package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.hooks.DeadMan;
import io.jenkins.plugins.shera.platform.extension.ConnectionFailure;
import io.jenkins.plugins.shera.platform.extension.OptionalServers;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.jvnet.localizer.Localizable;

/** Every Alertmanager, as the platform page tells of them: whether it answers, and whether heartbeats come through. */
@Extension
public class AlertmanagerConnections extends OptionalServers<AlertmanagerServer> {

    /** Made by Jenkins. */
    public AlertmanagerConnections() {
        super("alertmanager", 65);
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
    protected List<AlertmanagerServer> servers() {
        return MonitoringConfiguration.get().getAlertmanagers();
    }

    @Override
    protected String name(AlertmanagerServer server) {
        return server.getId();
    }

    @Override
    protected String url(AlertmanagerServer server) {
        return server.getUrl();
    }

    @Override
    protected Localizable test(AlertmanagerServer server) throws IOException {
        server.client().configuration();
        TreeSet<String> silent = new TreeSet<>(DeadMan.get().silent());
        if (!server.getConfigFile().isEmpty() && !silent.isEmpty()) {
            throw new ConnectionFailure(Messages._AlertmanagerConnections_silent(String.join(", ", silent)));
        }
        return Messages._AlertmanagerConnections_said();
    }
}
