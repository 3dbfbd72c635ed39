package io.jenkins.plugins.shera.monitoring.hooks;

import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.news.HookPost;
import io.jenkins.plugins.shera.monitoring.news.NotTakenException;
import java.net.URI;
import java.time.Duration;

/** Where web hooks of tenants may lie, as every Alertmanager says. */
public final class HookHosts {

    private HookHosts() {}

    /** The same address where web hooks of tenants may lie on its host; {@code name} says whose it is where they may not. */
    public static URI allowed(URI address, String name) throws NotTakenException {
        for (AlertmanagerServer server : MonitoringConfiguration.get().getAlertmanagers()) {
            if (!server.allows(address.getHost())) {
                throw new NotTakenException(name + " lies on a host that web hooks may not lie on", Duration.ZERO);
            }
        }
        return HookPost.outside(address, name);
    }
}
