package io.jenkins.plugins.shera.build.config;

import hudson.Extension;
import io.jenkins.plugins.shera.build.sonar.SonarClient;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The SonarQube servers; asked without a token, because each tenant has its own. */
@Extension
public class SonarConnections extends ConnectionKind {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "sonar";
    }

    @Override
    public String title() {
        return Messages.SonarConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.SonarConnections_purpose();
    }

    @Override
    public int order() {
        return 40;
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
        return SonarConfiguration.get().getServers().stream()
                .map(each -> (Connection) new Of(each))
                .toList();
    }

    private record Of(SonarServer server) implements Connection {
        @Override
        public String name() {
            return server.getId();
        }

        @Override
        public URI address() {
            return URI.create(server.getUrl());
        }

        @Override
        public String test() throws IOException, InterruptedException {
            return Messages.SonarConnections_said(new SonarClient(server.getUrl(), "", LIMIT).version());
        }
    }
}
