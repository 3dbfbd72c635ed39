package io.jenkins.plugins.shera.nginx.certificates;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.work.CertificateOnNode;
import io.jenkins.plugins.shera.nginx.work.ShownCertificate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes that Jenkins pushes to, one after the other. */
final class PushedNodes implements CertificateNodes {
    private final NginxCluster cluster;
    private final String certificate;

    PushedNodes(NginxCluster cluster, String certificate) {
        this.cluster = cluster;
        this.certificate = certificate;
    }

    @Override
    public List<Route> routes() throws IOException, InterruptedException {
        Map<String, Route> found = new LinkedHashMap<>();
        for (NginxNodeSettings node : cluster.getNodes()) {
            for (Route route : ask(node, null).routes()) {
                found.putIfAbsent(route.owner().id(), route);
            }
        }
        return new ArrayList<>(found.values());
    }

    @Override
    public boolean isShown(String version) throws IOException, InterruptedException {
        for (NginxNodeSettings node : cluster.getNodes()) {
            if (!ask(node, null).isAll(version)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void bring(CertificatePair pair, CertificatePair before) throws IOException, InterruptedException {
        List<NginxNodeSettings> done = new ArrayList<>();
        for (NginxNodeSettings node : cluster.getNodes()) {
            try {
                ask(node, pair);
                done.add(node);
            } catch (IOException e) {
                String lost = before == null ? "" : giveBack(done, before);
                throw new IOException(
                        Messages.PushedNodes_refused(name(node), cluster.getId(), e.getMessage())
                                + (lost.isEmpty() ? "" : " " + Messages.PushedNodes_lost(lost)),
                        e);
            }
        }
    }

    private String giveBack(List<NginxNodeSettings> nodes, CertificatePair before) throws InterruptedException {
        List<String> lost = new ArrayList<>();
        for (NginxNodeSettings node : nodes) {
            try {
                ask(node, before);
            } catch (IOException e) {
                lost.add(name(node) + " (" + e.getMessage() + ")");
            }
        }
        return String.join(", ", lost);
    }

    private String name(NginxNodeSettings node) {
        return NodeAccess.names(cluster.getNodes()).get(cluster.getNodes().indexOf(node));
    }

    private ShownCertificate ask(NginxNodeSettings node, CertificatePair pair)
            throws IOException, InterruptedException {
        return NodeAccess.channel(node).call(new CertificateOnNode(certificate, pair));
    }
}
