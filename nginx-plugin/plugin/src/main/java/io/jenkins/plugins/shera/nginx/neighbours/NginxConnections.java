package io.jenkins.plugins.shera.nginx.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nginx.work.NodeVersion;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The nodes of the nginx clusters. */
@Extension
public class NginxConnections extends ConnectionKind {

    @Override
    public String id() {
        return "nginx";
    }

    @Override
    public String title() {
        return Messages.NginxConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.NginxConnections_purpose();
    }

    @Override
    public int order() {
        return 50;
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
        List<Connection> all = new ArrayList<>();
        for (NginxCluster cluster : NginxConfiguration.get().getClusters()) {
            int number = 0;
            for (NginxNodeSettings node : cluster.getNodes()) {
                number++;
                all.add(new Of(cluster.getId() + " " + number + ", " + NodeAccess.name(node), node));
            }
        }
        return all;
    }

    private record Of(String name, NginxNodeSettings node) implements Connection {
        @Override
        public URI address() {
            return null;
        }

        @Override
        public Localizable test() throws IOException, InterruptedException {
            return Messages._NginxConnections_said(NodeAccess.channel(node).call(new NodeVersion()));
        }
    }
}
