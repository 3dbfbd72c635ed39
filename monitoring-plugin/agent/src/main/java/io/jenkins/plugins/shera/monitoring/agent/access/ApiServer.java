package io.jenkins.plugins.shera.monitoring.agent.access;

import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.monitoring.agent.Settings;
import java.io.IOException;
import java.nio.file.Files;

/** The API server as the agent itself; a token that was replaced on the disk is taken up. */
public final class ApiServer implements AutoCloseable {

    private final Settings settings;
    private ClusterAccess access;
    private ClusterClient client;

    private ApiServer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Reads the login.
     *
     * @throws IOException if it cannot be read, saying which file
     */
    public static ApiServer of(Settings settings) throws IOException {
        ApiServer server = new ApiServer(settings);
        server.api();
        return server;
    }

    /** Its API with the login that lies on the disk now. */
    public synchronized KubeApi api() throws IOException {
        ClusterAccess now = read();
        if (!now.equals(access)) {
            ClusterClient fresh = ClusterClient.open(now, TimeLimits.STANDARD);
            close();
            client = fresh;
            access = now;
        }
        return client.api();
    }

    private ClusterAccess read() throws IOException {
        try {
            if (settings.kubeconfig() != null) {
                return Kubeconfig.parse(Files.readString(settings.kubeconfig()), null, false);
            }
            return ClusterAccess.at(settings.apiServer())
                    .trusting(Files.readString(settings.serviceAccount().resolve("ca.crt")))
                    .withToken(Files.readString(settings.serviceAccount().resolve("token")))
                    .done();
        } catch (IllegalArgumentException e) {
            throw new IOException("The login to the API server cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
