package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.upstream.AddressMode;
import io.jenkins.plugins.shera.nginx.upstream.ServiceMembers;
import io.jenkins.plugins.shera.platform.extension.TrafficRouter;
import io.jenkins.plugins.shera.platform.traffic.Match;
import io.jenkins.plugins.shera.platform.traffic.StaleGenerationException;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two real nginx as the nodes of a cluster, and a real Kubernetes as the source of the canary's address. */
@Tag("cluster")
@WithJenkins
class KubengRouterTest {
    @TempDir
    Path folder;

    private final List<RealNginx> nodes = new ArrayList<>();
    private TrafficRouter router;
    private ClusterClient cluster;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        String kubeconfig = System.getenv("KUBECONFIG");
        boolean there = kubeconfig != null && Files.isReadable(Path.of(kubeconfig));
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("KUBECONFIG names a cluster").isTrue();
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        cluster = ClusterClient.open(
                Kubeconfig.parse(Files.readString(Path.of(kubeconfig)), null, false), TimeLimits.STANDARD);
        List<NginxNodeSettings> settings = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            RealNginx nginx = RealNginx.start(Files.createDirectory(folder.resolve(name)));
            nodes.add(nginx);
            NginxInstallation installation = nginx.installation();
            NginxNodeSettings node = new NginxNodeSettings(
                    installation.mainConfig().toString(), installation.folder().toString());
            node.setBinary(installation.binary().toString());
            node.setVersionPort(installation.versionPort());
            settings.add(node);
        }
        NginxCluster edge = new NginxCluster("edge", settings);
        edge.setTenants("retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }
        router = TrafficRouter.restore("kubeng", Map.of("nginx", "edge")).orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        for (RealNginx nginx : nodes) {
            nginx.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void isMadeAgainFromItsSettings() {
        TrafficRouter again =
                TrafficRouter.restore(router.kind(), router.settings()).orElseThrow();

        assertThat(again.settings()).isEqualTo(router.settings());
        assertThat(again.drain()).isEqualTo(router.drain());
    }

    @Test
    void saysWhichNodeHasNoRoute() throws Exception {
        publish(nodes.get(0));

        assertThatThrownBy(() -> router.check(target("retail", 1)))
                .hasMessageContaining("node built-in of nginx cluster edge has no route of it. Publish it first:");
    }

    @Test
    void aServiceIsFollowedByItsPortAndOneWithoutNodePortIsToldSo() throws Exception {
        assertThat(ServiceMembers.port(cluster.api(), "default", "kubernetes", 0, AddressMode.POD_IP))
                .isEqualTo(443);
        assertThatThrownBy(() -> ServiceMembers.port(cluster.api(), "default", "kubernetes", 0, AddressMode.NODE_PORT))
                .hasMessageContaining("has no node port for its port 443: it is of the type ClusterIP");
        assertThatThrownBy(() -> ServiceMembers.port(cluster.api(), "default", "absent", 0, AddressMode.POD_IP))
                .hasMessageContaining("There is no Service absent");
        assertThatThrownBy(() -> AddressMode.of("externalName"))
                .hasMessageContaining("give one of clusterIP, podIP, nodePort");
    }

    @Test
    void doesNotKnowAClusterOfAnotherTenant() {
        assertThatThrownBy(() -> router.apply(target("bank", 1), Traffic.of(10)))
                .hasMessageContaining("There is no nginx cluster 'edge' that tenant bank may use.");
    }

    @Test
    void splitsOnEveryNodeReadsBackAndResets() throws Exception {
        publish(nodes.get(0));
        publish(nodes.get(1));
        Traffic wanted = new Traffic(30, List.of(new Match(Match.Kind.HEADER, "X-Canary", "always")));
        router.check(target("retail", 7));

        router.apply(target("retail", 7), wanted);

        assertThat(router.read(target("retail", 7)).serves(wanted, 7)).isTrue();
        router.reset(target("retail", 7));
        assertThat(router.read(target("retail", 7)).serves(Traffic.NONE, 7)).isTrue();
    }

    @Test
    void changesNoNodeWhenALaterRolloutHoldsOneOfThem() throws Exception {
        publish(nodes.get(0));
        publish(nodes.get(1));
        router.apply(target("retail", 7), Traffic.of(10));
        new NginxNode(nodes.get(1).installation()).weigh(Weight.none(owner(), "later", 8));

        assertThatThrownBy(() -> router.apply(target("retail", 7), Traffic.of(50)))
                .isInstanceOf(StaleGenerationException.class)
                .hasMessageContaining("generation 8, ours is 7");

        assertThat(new NginxNode(nodes.get(0).installation())
                        .weights()
                        .of(owner())
                        .orElseThrow()
                        .percent())
                .isEqualTo(10);
        assertThat(router.read(target("retail", 7)).settled()).isFalse();
    }

    @Test
    void saysWhichNodeFailed() throws Exception {
        publish(nodes.get(0));
        publish(nodes.get(1));
        nodes.get(1).close();

        assertThatThrownBy(() -> router.apply(target("retail", 7), Traffic.of(10)))
                .hasMessageStartingWith(
                        "The weight was not set on node built-in of nginx cluster edge: nginx could not be told");
    }

    private static RouteOwner owner() throws Exception {
        return RouteOwner.of("retail", "shop", "prod");
    }

    private static void publish(RealNginx nginx) throws Exception {
        new NginxNode(nginx.installation())
                .publish(Route.of(
                        owner(), "shop.example.com", nginx.port(), "/", List.of(Member.of("127.0.0.1", 9, 1))));
    }

    /** The Service behind the API server itself stands for the canary: every cluster has it. */
    private TrafficTarget target(String tenant, long generation) {
        return new TrafficTarget(
                tenant, "shop", "prod", "east", "default", "shop", "kubernetes", 443, "r1", generation, cluster.api());
    }
}
