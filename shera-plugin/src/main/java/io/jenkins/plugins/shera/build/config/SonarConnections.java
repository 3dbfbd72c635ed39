package io.jenkins.plugins.shera.build.config;

import hudson.Extension;
import io.jenkins.plugins.shera.build.sonar.SonarClient;
import io.jenkins.plugins.shera.platform.extension.OptionalServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The SonarQube servers; asked without a token, because each tenant has its own. */
@Extension
public class SonarConnections extends OptionalServers<SonarServer> {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Made by Jenkins. */
    public SonarConnections() {
        super("sonar", 40);
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
    protected List<SonarServer> servers() {
        return SonarConfiguration.get().getServers();
    }

    @Override
    protected String name(SonarServer server) {
        return server.getId();
    }

    @Override
    protected String url(SonarServer server) {
        return server.getUrl();
    }

    @Override
    protected Localizable test(SonarServer server) throws IOException, InterruptedException {
        return Messages._SonarConnections_said(new SonarClient(server.getUrl(), "", LIMIT).version());
    }
}
