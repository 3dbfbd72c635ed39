package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.nginx.desk.FigureBoard;
import io.jenkins.plugins.shera.nginx.desk.IntentDesk;
import io.jenkins.plugins.shera.nginx.desk.NodeBoard;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** For each nginx cluster of KubeNg nodes the documents they ask for, in {@code shera/kubeng/<cluster>/}, and what they told. */
@Extension
public class KubengDesks {
    private static final Duration AWAY = Duration.ofSeconds(60);

    private final Map<String, IntentDesk> desks = new HashMap<>();
    private final Map<String, NodeBoard> boards = new HashMap<>();
    private final Map<String, KubengUsers> users = new ConcurrentHashMap<>();
    private final Map<String, FigureBoard> figures = new HashMap<>();
    private final Map<String, CertificatePair> offered = new HashMap<>();

    /** The one instance. */
    public static KubengDesks get() {
        return ExtensionList.lookupSingleton(KubengDesks.class);
    }

    /** The documents of this cluster, whose id was checked when it was configured. */
    public synchronized IntentDesk desk(NginxCluster cluster) throws IOException {
        IntentDesk desk = desks.get(cluster.getId());
        if (desk == null) {
            desk = new IntentDesk(
                    SheraConfiguration.get().root().resolve("kubeng").resolve(cluster.getId()),
                    cluster.getId(),
                    KubengKeys.get().signer());
            desks.put(cluster.getId(), desk);
        }
        return desk;
    }

    /** The password files that documents of this cluster name. */
    public KubengUsers users(NginxCluster cluster) {
        return users.computeIfAbsent(
                cluster.getId(),
                id -> new KubengUsers(SheraConfiguration.get()
                        .root()
                        .resolve("kubeng")
                        .resolve(id)
                        .resolve("users")));
    }

    /** What the nodes of this cluster told. */
    public synchronized NodeBoard board(NginxCluster cluster) {
        return boards.computeIfAbsent(cluster.getId(), id -> new NodeBoard(AWAY));
    }

    /** What the nodes of this cluster told of the requests they answered. */
    public synchronized FigureBoard figures(NginxCluster cluster) {
        return figures.computeIfAbsent(cluster.getId(), id -> new FigureBoard());
    }

    /** Lets nodes fetch a certificate that is not kept yet, because they decide whether it will be. */
    public synchronized void offer(CertificatePair pair) {
        offered.put(pair.version(), pair);
    }

    /** Ends {@link #offer}. */
    public synchronized void withdraw(CertificatePair pair) {
        offered.remove(pair.version());
    }

    /** One that is offered now. */
    public synchronized Optional<CertificatePair> offered(String version) {
        return Optional.ofNullable(offered.get(version));
    }
}
