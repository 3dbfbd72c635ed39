package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import java.net.URI;
import java.util.List;

/** The daemons that tell robots of chats, as the platform page tells of them. */
@Extension
public class ChatConnections extends DaemonConnections {

    @Override
    public String id() {
        return "chats";
    }

    @Override
    public String title() {
        return Messages.ChatConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.ChatConnections_purpose();
    }

    @Override
    public int order() {
        return 63;
    }

    @Override
    public List<Connection> connections() {
        return MonitoringConfiguration.get().getAlertmanagers().stream()
                .filter(AlertmanagerServer::hasChats)
                .map(each -> (Connection) new Daemon(
                        each.getId(),
                        URI.create(each.getChatsUrl()),
                        () -> each.chats().tenants(),
                        Messages::_ChatConnections_said))
                .toList();
    }
}
