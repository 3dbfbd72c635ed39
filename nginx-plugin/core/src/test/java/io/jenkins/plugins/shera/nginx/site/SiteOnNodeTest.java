package io.jenkins.plugins.shera.nginx.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NodeReader;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.node.WaitingSite;
import io.jenkins.plugins.shera.nginx.work.WaitingOnNode;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of people on a real nginx. */
class SiteOnNodeTest {
    @TempDir
    Path folder;

    private RealNginx nginx;
    private NginxNode node;

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    private Map<String, String> says(String word) {
        return Map.of(
                "erp.conf",
                "server { listen 127.0.0.1:" + nginx.port() + "; location / { return 200 '" + word + "'; } }\n");
    }

    private String served() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void areServedOnceTheyWereTestedAndGoBackWhenRefused() throws Exception {
        node.testSite(says("one"));
        assertThat(node.siteGeneration()).as("a test leaves nothing").isZero();

        node.replaceSite(says("one"));
        assertThat(served()).isEqualTo("one");
        assertThat(node.siteFiles()).isEqualTo(says("one"));
        assertThat(node.drift().isNone()).isTrue();

        node.replaceSite(says("two"));
        assertThat(served()).isEqualTo("two");
        assertThatThrownBy(() -> node.replaceSite(Map.of("erp.conf", "server { listen 999999; }")))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("nginx refused the configuration");
        assertThat(served()).isEqualTo("two");
        assertThatThrownBy(() -> node.testSite(Map.of("erp.conf", "server { proxy_pass http://nowhere; }")))
                .isInstanceOf(Rollover.RefusedException.class);
        assertThat(node.siteFiles()).isEqualTo(says("two"));
    }

    @Test
    void aRefusalOfTheFirstOnesLeavesNoTrace() throws Exception {
        assertThatThrownBy(() -> node.replaceSite(Map.of("erp.conf", "server { listen 999999; }")))
                .isInstanceOf(Rollover.RefusedException.class);

        assertThat(node.siteGeneration()).isZero();
        assertThat(Files.exists(folder.resolve("routes/current"))).isFalse();
    }

    @Test
    void doNotTakeAHandsEditOfTheRoutesAlong() throws Exception {
        RouteOwner owner = RouteOwner.of("retail", "shop", "dev");
        node.publish(Route.of(owner, "shop.example.com", nginx.port(), "/", List.of(Member.of("127.0.0.1", 1, 1))));
        Path file = folder.resolve("routes/current/routes.conf");
        String edited = Files.readString(file).replace("keepalive 16", "keepalive 17");
        Files.writeString(file, edited);

        assertThatThrownBy(() -> node.replaceSite(says("one")))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("keepalive 17")
                .hasMessageContaining("adopt or overwrite it");
        assertThat(file).hasContent(edited);

        node.overwrite();
        node.replaceSite(Map.of("erp.conf", "# one"));
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void liveBesideRoutesAndWeights() throws Exception {
        RouteOwner owner = RouteOwner.of("retail", "shop", "dev");
        node.publish(Route.of(owner, "shop.example.com", nginx.port(), "/", List.of(Member.of("127.0.0.1", 1, 1))));
        node.replaceSite(Map.of("limits.conf", "limit_req_zone $binary_remote_addr zone=all:1m rate=100r/s;\n"));
        node.weigh(Weight.of(owner, 20, List.of(), List.of(Member.of("127.0.0.1", 2, 1)), "r", 1));
        node.publish(Route.of(owner, "shop.example.com", nginx.port(), "/a", List.of(Member.of("127.0.0.1", 1, 1))));
        assertThat(node.drift().isNone()).isTrue();

        Path file = folder.resolve("routes/site/current/limits.conf");
        Files.writeString(file, Files.readString(file) + "# by hand\n");
        assertThat(node.drift().changes()).containsExactly("site/limits.conf: edited");
        assertThat(new NodeReader(nginx.installation()).read(null).found().get("site/limits.conf"))
                .endsWith("# by hand\n");
        assertThat(new NodeReader(nginx.installation()).read("retail").found()).doesNotContainKey("site/limits.conf");

        Map<String, String> pushed =
                Map.of("limits.conf", "limit_req_zone $binary_remote_addr zone=all:1m rate=100r/s;\n");
        assertThatThrownBy(() -> node.testSite(pushed))
                .hasMessageContaining("changed limits.conf on this node by hand");
        assertThatThrownBy(() -> node.replaceSite(pushed)).isInstanceOf(Rollover.RefusedException.class);
        assertThat(Files.readString(file)).endsWith("# by hand\n");
        node.overwriteSite(pushed);
        assertThat(node.drift().isNone()).isTrue();
        node.replaceSite(Map.of());
        assertThat(node.siteFiles()).isEmpty();
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void waitBesideWhatIsServedAndNoOtherReloadTakesThemAlong() throws Exception {
        node.replaceSite(says("one"));
        WaitingSite waiting = new WaitingSite(nginx.installation());
        waiting.write(says("two"), SiteAllowance.usual());

        RouteOwner owner = RouteOwner.of("retail", "shop", "dev");
        node.publish(Route.of(owner, "shop.example.com", nginx.tlsPort(), "/", List.of(Member.of("127.0.0.1", 1, 1))));
        assertThat(served()).isEqualTo("one");
        assertThat(node.drift().isNone()).isTrue();
        assertThat(new NodeReader(nginx.installation()).read(null).waiting()).isEqualTo(says("two"));
        assertThat(new NodeReader(nginx.installation()).read("retail").waiting())
                .isEmpty();
        assertThat(WaitingOnNode.look(says("two")).on(nginx.installation())).isEqualTo(WaitingOnNode.State.WAITING);
        assertThat(WaitingOnNode.look(says("one")).on(nginx.installation())).isEqualTo(WaitingOnNode.State.OTHER);

        assertThatThrownBy(() -> waiting.write(Map.of("erp.conf", "server { listen 999999; }"), SiteAllowance.usual()))
                .isInstanceOf(Rollover.RefusedException.class);
        assertThat(waiting.files()).contains(new TreeMap<>(says("two")));
        Path file = folder.resolve("routes/site/waiting/current/erp.conf");
        Files.writeString(file, "# by hand\n");
        assertThat(WaitingOnNode.look(says("two")).on(nginx.installation())).isEqualTo(WaitingOnNode.State.OTHER);

        waiting.drop();
        waiting.drop();
        assertThat(waiting.writtenAt()).isZero();
        assertThat(WaitingOnNode.look(says("one")).on(nginx.installation())).isEqualTo(WaitingOnNode.State.LIVE);
        assertThat(WaitingOnNode.look(says("two")).on(nginx.installation())).isEqualTo(WaitingOnNode.State.ABSENT);
    }
}
