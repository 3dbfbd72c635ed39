package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Addresses come from a real API server, go away with it, and come again. */
@Tag("cluster")
@Tag("slow")
class DaemonAddressesTest extends DaemonRig {
    @Test
    void podsThatComeAndGoAreFollowedAndAnEmptyAnswerEmptiesNothing() throws Exception {
        withKubernetes();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        apply("{apiVersion: v1, kind: Service, metadata: {name: shop, namespace: " + namespace
                + "}, spec: {type: NodePort, ports: [{name: web, port: 80}]}}");
        send(Intent.ofRoutes(
                "edge",
                1,
                List.of(
                        route("outside", nginx.port(), Target.nodes("kube", namespace, "shop", 80)),
                        route("shop", nginx.port(), Target.pods("kube", namespace, "shop", 80)),
                        route("none", nginx.port(), Target.pods("kube", namespace, "none", 80)))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).leftOut().size() == 1);
        soon().until(() -> ask("outside.example.com").equals("one"));
        assertThat(daemon.state(Intent.Kind.ROUTES).leftOut().get(0)).contains("none");
        long before = daemon.state(Intent.Kind.ROUTES).endpoints();
        endpoints(ownAddress(), backend("two"));
        soon().until(() -> ask("shop.example.com").equals("two"));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).endpoints() > before);
        assertThat(daemon.state(Intent.Kind.ROUTES).generation()).isEqualTo(1);
        endpoints(ownAddress());
        // Whatever the empty answer did would show before a later document is in force.
        send(Intent.ofRoutes(
                "edge", 2, List.of(route("shop", nginx.port(), Target.pods("kube", namespace, "shop", 80)))));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 2);
        assertThat(ask("shop.example.com")).isEqualTo("two");
    }

    @Test
    void killedWithTheApiServerAwayItComesBackAsItWasAndHearsTheClusterAgainLater() throws Exception {
        withKubernetes();
        Process daemon = process();
        endpoints(ownAddress(), backend("one"));
        send(Intent.ofRoutes(
                "edge", 1, List.of(route("shop", nginx.port(), Target.pods("kube", namespace, "shop", 80)))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        soon().until(() -> Files.exists(folder.resolve("state/routes.json")));
        proxy.cut();
        daemon.destroyForcibly().waitFor();
        Files.delete(document(Intent.Kind.ROUTES));
        assertThat(ask("shop.example.com")).isEqualTo("one");
        process();
        int added = backend("added while the API server was away");
        send(Intent.ofRoutes(
                "edge",
                2,
                List.of(
                        route("shop", nginx.port(), Target.pods("kube", namespace, "shop", 80)),
                        route("vm", nginx.port(), at(added)))));
        soon().until(() -> ask("vm.example.com").startsWith("added"));
        assertThat(ask("shop.example.com")).isEqualTo("one");
        endpoints(ownAddress(), backend("two"));
        proxy.mend();
        await().atMost(Duration.ofSeconds(120)).ignoreExceptions().until(() -> ask("shop.example.com")
                .equals("two"));
    }
}
