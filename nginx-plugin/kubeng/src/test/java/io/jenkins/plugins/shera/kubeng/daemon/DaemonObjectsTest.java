package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.kubeng.objects.ObjectState;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.node.TlsCall;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ingress and HTTPRoute objects of a real API server, served by a real nginx, asked by real requests. */
@Tag("cluster")
@Tag("slow")
class DaemonObjectsTest extends DaemonRig {

    private WatchedObjects setting() {
        return new WatchedObjects(
                List.of(new WatchedObjects.Namespace("kube", namespace, "retail")),
                List.of("shera"),
                List.of(namespace + "/edge"),
                nginx.port(),
                nginx.tlsPort(),
                true);
    }

    private void ingress(String name, String host, String more, String paths) throws Exception {
        apply("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: " + name + ", namespace: " + namespace
                + "}, spec: {ingressClassName: shera, " + more + "rules: [{host: " + host + ", http: {paths: [" + paths
                + "]}}]}}");
    }

    private static String path(String path, String type) {
        return "{path: " + path + ", pathType: " + type + ", backend: {service: {name: shop, port: {name: web}}}}";
    }

    private static ObjectState state(Daemon daemon, String name) {
        return daemon.objects().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String status(String host, String path) throws Exception {
        return nginx.ask(host, path).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    @Test
    void anIngressIsServedAndOneThatCannotBeKeepsNobodyWaiting() throws Exception {
        withKubernetes();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        ingress(
                "bad",
                "bad.example.com",
                "defaultBackend: {service: {name: shop, port: {number: 80}}}, ",
                path("/", "Prefix"));
        ingress("taken", "published.example.com", "", path("/mine", "Prefix"));
        ingress("good", "good.example.com", "", path("/shop", "Prefix") + ", " + path("/only", "Exact"));
        send(Intent.ofRoutes("edge", 1, List.of(route("published", nginx.port(), at(backend("document")))))
                .watching(setting()));

        soon().until(() -> status("good.example.com", "/shop").equals("200"));
        // Old workers answer a moment longer.
        soon().until(() -> status("good.example.com", "/shop/cart").equals("200"));
        assertThat(status("good.example.com", "/shopping")).isEqualTo("404");
        soon().until(() -> status("good.example.com", "/only").equals("200"));
        assertThat(status("good.example.com", "/only/")).isEqualTo("404");
        assertThat(ask("published.example.com")).isEqualTo("document");
        soon().until(() ->
                daemon.objects().size() == 3 && state(daemon, "good").refused().isEmpty());
        assertThat(state(daemon, "bad").hosts()).isEmpty();
        assertThat(state(daemon, "bad").refused().get(0)).contains("defaultBackend");
        assertThat(nginx.ask("bad.example.com", "/")).contains(" 404 ");

        apply("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: other-class, namespace: " + namespace
                + "}, spec: {ingressClassName: somebody, rules: [{host: other.example.com, http: {paths: ["
                + path("/", "Prefix") + "]}}]}}");
        remove("networking.k8s.io/v1", "Ingress", "good");
        soon().until(() -> status("good.example.com", "/shop").equals("404"));
        assertThat(status("other.example.com", "/")).isEqualTo("404");
    }

    @Test
    void anotherTenantsHostIsRefusedAndTheApiServersAbsenceTakesNothing() throws Exception {
        withKubernetes();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        ingress("shop", "shop.example.com", "", path("/", "Prefix"));
        WatchedObjects setting = setting();
        Intent banks = Intent.ofRoutes("edge", 1, List.of(route("shop", nginx.port(), at(backend("bank")))));
        WatchedObjects ofBank = new WatchedObjects(
                List.of(new WatchedObjects.Namespace("kube", namespace, "bank")),
                setting.classes(),
                List.of(),
                setting.port(),
                setting.tlsPort(),
                true);
        send(banks.watching(ofBank));
        soon().until(() -> state(daemon, "shop").refused().get(0).contains("belongs to another tenant"));
        assertThat(ask("shop.example.com")).isEqualTo("bank");

        // The port stays open by a route of its own.
        IntendedRoute beside = route("beside", nginx.port(), at(backend("beside")));
        send(Intent.ofRoutes("edge", 2, List.of(beside)).watching(setting));
        soon().until(() -> ask("shop.example.com").equals("one"));
        soon().until(() ->
                Files.readString(folder.resolve("state/objects.json")).contains("namespace kube"));
        daemon.close();
        proxy.cut();
        Daemon again = start();
        // A later document in force shows that nothing of the absence changed anything.
        send(Intent.ofRoutes("edge", 3, List.of(beside)).watching(setting));
        soon().until(() -> again.state(Intent.Kind.ROUTES).generation() == 3);
        assertThat(ask("shop.example.com")).isEqualTo("one");
        remove("networking.k8s.io/v1", "Ingress", "shop");
        proxy.mend();
        // It went while nobody watched: asked for by its name, it is gone.
        await().atMost(Duration.ofSeconds(120)).ignoreExceptions().until(() -> status("shop.example.com", "/")
                .equals("404"));
    }

    @Test
    void tlsComesFromTheSecretThatTheIngressNames() throws Exception {
        withKubernetes();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        ingress("tls", "tls.example.com", "tls: [{hosts: [tls.example.com], secretName: pair}], ", path("/", "Prefix"));
        send(Intent.ofRoutes("edge", 1, List.of()).watching(setting()));
        soon().until(() -> state(daemon, "tls").refused().get(0).contains("none of that name"));
        TestCertificate made = TestCertificate.of("tls.example.com");
        apply("{apiVersion: v1, kind: Secret, type: kubernetes.io/tls, metadata: {name: pair, namespace: " + namespace
                + "}, data: {tls.crt: " + base64(made.chain()) + ", tls.key: " + base64(made.key()) + "}}");
        soon().until(() ->
                TlsCall.get(nginx.tlsPort(), "tls.example.com", "/").text().endsWith("one"));
        assertThat(status("tls.example.com", "/")).isEqualTo("308");
        assertThat(Files.readString(folder.resolve("state/objects.json"))).doesNotContain("PRIVATE");
    }

    @Test
    void anHttpRouteLeadsByPathAndHeader() throws Exception {
        withKubernetes();
        requireGatewayApi();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("usual"));
        other(backend("other"));
        apply(httpRoute("web", "{headers: [{name: X-Canary, value: always}]}", "canary", "{}", "shop"));
        apply(httpRoute("regex", "{path: {type: RegularExpression, value: /a+}}", "shop", "{}", "shop"));
        send(Intent.ofRoutes("edge", 1, List.of()).watching(setting()));
        soon().until(() -> ask("web.example.com").equals("usual"));
        soon().until(() -> nginx.ask("web.example.com\r\nX-Canary: always", "/").endsWith("other"));
        assertThat(nginx.ask("web.example.com\r\nX-Canary: never", "/")).endsWith("usual");
        assertThat(state(daemon, "regex").refused().get(0)).contains("RegularExpression");
        assertThat(status("regex.example.com", "/")).isEqualTo("404");
    }

    private String httpRoute(String name, String first, String canary, String second, String service) {
        return "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: " + name + ", namespace: "
                + namespace + "}, spec: {parentRefs: [{name: edge}], hostnames: [" + name + ".example.com], rules: ["
                + "{matches: [" + first + "], backendRefs: [{name: " + canary + ", port: 80}]}, {matches: [" + second
                + "], backendRefs: [{name: " + service + ", port: 80}]}]}}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
