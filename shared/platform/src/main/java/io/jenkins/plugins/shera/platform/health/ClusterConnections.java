package io.jenkins.plugins.shera.platform.health;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.connection.ConnectionTests;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.net.URI;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The API servers of the clusters. */
@Extension
public class ClusterConnections extends ConnectionKind {

    @Override
    public String id() {
        return "cluster";
    }

    @Override
    public String title() {
        return Messages.ClusterConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.ClusterConnections_purpose();
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public boolean isNeeded() {
        return true;
    }

    @Override
    public String settings() {
        return "shera/platform/#new-cluster";
    }

    @Override
    public List<Connection> connections() {
        return SheraConfiguration.get().getClusters().stream()
                .map(each -> (Connection) new Of(each))
                .toList();
    }

    private record Of(KubernetesCluster cluster) implements Connection {
        @Override
        public String name() {
            return cluster.getId();
        }

        @Override
        public URI address() {
            return URI.create(cluster.getServer());
        }

        @Override
        public Localizable test() {
            return ConnectionTests.of(cluster);
        }
    }
}
