package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.build.config.SonarServer;
import io.jenkins.plugins.shera.build.sonar.SonarClient;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Duration;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** A server as a tenant may use it, with its token; made anew for each use and never saved. */
public final class SonarSession {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String url;
    private final String token;

    private SonarSession(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** Asks the settings once more whether the tenant may. */
    public static SonarSession of(String tenantId, String serverId) {
        SonarServer server = SonarConfiguration.get().serverFor(serverId, tenantId);
        Tenant tenant = SheraConfiguration.get().tenant(tenantId);
        if (tenant == null) {
            throw Refusal.unknown("tenant " + tenantId, "It is gone.", "Set it up again, or remove the job.");
        }
        String token = server.getCredentialsId().isEmpty()
                ? ""
                : CredentialLookup.inFolder(tenant, StringCredentials.class, server.getCredentialsId())
                        .getSecret()
                        .getPlainText();
        return new SonarSession(server.getUrl(), token);
    }

    String url() {
        return url;
    }

    String token() {
        return token;
    }

    SonarClient client() {
        return client(LIMIT);
    }

    /** A client that waits so long for each answer. */
    public SonarClient client(Duration limit) {
        return new SonarClient(url, token, limit);
    }
}
