package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The daemons that tell robots of chats, as the platform page tells of them. */
@Extension
public class ChatConnections extends ConnectionKind {

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
                .filter(AlertmanagerServer::hasChats)
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
            return URI.create(server.getChatsUrl());
        }

        @Override
        public String test() throws IOException {
            return Messages.ChatConnections_said(
                    String.valueOf(server.chats().tenants().size()));
        }
    }
}
