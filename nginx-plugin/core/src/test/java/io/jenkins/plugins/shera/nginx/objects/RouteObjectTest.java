package io.jenkins.plugins.shera.nginx.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.render.HostileText;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What objects of Kubernetes become, and that nothing in them reaches nginx but as one argument. */
class RouteObjectTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final WatchedObjects SETTING = new WatchedObjects(
            List.of(new WatchedObjects.Namespace("east", "web", "retail")),
            List.of("shera"),
            List.of("infra/edge"),
            80,
            443,
            false);
    private static final String VERSION = "0".repeat(64);
    private static final Facts FACTS = new Facts() {
        @Override
        public int port(String namespace, String service, String portName) {
            return 8080;
        }

        @Override
        public String certificate(String namespace, String secret) {
            return VERSION;
        }
    };

    private static final String INGRESS =
            """
            {"metadata": {"name": "shop", "namespace": "web", "annotations":
              {"nginx.ingress.kubernetes.io/configuration-snippet": "load_module /tmp/x.so;"}},
             "spec": {"ingressClassName": "shera", "tls": [{"hosts": ["a.example.com"], "secretName": "pair"}],
              "rules": [
               {"host": "a.example.com", "http": {"paths": [
                {"path": "/shop/", "pathType": "Prefix", "backend": {"service": {"name": "shop", "port": {"name": "web"}}}},
                {"path": "/one", "pathType": "Exact", "backend": {"service": {"name": "one", "port": {"number": 81}}}}]}},
               {"host": "b.example.com", "http": {"paths": [
                {"pathType": "ImplementationSpecific", "backend": {"service": {"name": "shop", "port": {"number": 80}}}}]}}]}}
            """;
    private static final String HTTP_ROUTE =
            """
            {"metadata": {"name": "shop", "namespace": "web"},
             "spec": {"parentRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "namespace": "infra", "name": "edge"}],
              "hostnames": ["c.example.com"],
              "rules": [
               {"matches": [{"path": {"type": "PathPrefix", "value": "/"}, "headers": [{"type": "Exact", "name": "X-Canary", "value": "yes"}]}],
                "backendRefs": [{"group": "", "kind": "Service", "name": "new", "port": 80, "weight": 1}]},
               {"matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
                "backendRefs": [{"name": "old", "port": 80, "weight": 900}, {"name": "new", "port": 80, "weight": 100},
                 {"name": "none", "port": 80, "weight": 0}]},
               {"matches": [{"path": {"type": "Exact", "value": "/set"}}],
                "filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {"set": [{"name": "X-By", "value": "us"}], "remove": ["X-No"]}}],
                "backendRefs": [{"name": "old", "port": 80}]}]}}
            """;

    private static Translation read(RouteObject.Kind kind, JsonNode json) throws InvalidRouteException {
        return new RouteObject("east", "retail", kind, json)
                .translate(SETTING, FACTS)
                .orElseThrow();
    }

    private static Translation changed(RouteObject.Kind kind, String before, String after) throws Exception {
        String text = kind == RouteObject.Kind.INGRESS ? INGRESS : HTTP_ROUTE;
        assertThat(text).contains(before);
        return read(kind, JSON.readTree(text.replace(before, after)));
    }

    @Test
    void anIngressBecomesARouteForEachPath() throws Exception {
        Translation found = read(RouteObject.Kind.INGRESS, JSON.readTree(INGRESS));

        assertThat(found.routes()).hasSize(3);
        Route shop = found.routes().get(0).to(List.of(Member.of("10.0.0.1", 80, 1)));
        assertThat(shop.owner().tenant()).isEqualTo("retail");
        assertThat(shop.owner().environment()).isEqualTo("web");
        assertThat(shop.ownPlaces()).containsExactly("= /shop", "/shop/");
        assertThat(shop.tls().version()).isEqualTo(VERSION);
        assertThat(found.routes().get(0).targets())
                .containsExactly(new Target(Target.Kind.SERVICE, "east", "web", "shop", 8080, 1));
        assertThat(found.routes()
                        .get(1)
                        .to(List.of(Member.of("10.0.0.1", 80, 1)))
                        .ownPlaces())
                .containsExactly("= /one");
        assertThat(found.routes()
                        .get(2)
                        .to(List.of(Member.of("10.0.0.1", 80, 1)))
                        .ownPlaces())
                .containsExactly("/");
        assertThat(found.routes().get(2).tls()).isNull();
        assertThat(rendered(found)).doesNotContain("load_module");
    }

    @Test
    void anHttpRouteKeepsItsSharesHeadersAndFilters() throws Exception {
        Translation found = read(RouteObject.Kind.HTTP_ROUTE, JSON.readTree(HTTP_ROUTE));

        assertThat(found.routes()).hasSize(2);
        assertThat(found.routes().get(0).targets()).extracting(Target::name).containsExactly("old", "new");
        assertThat(found.routes().get(0).targets()).extracting(Target::weight).containsExactly(9, 1);
        assertThat(found.weights()).hasSize(1);
        assertThat(found.weights().get(0).owner())
                .isEqualTo(found.routes().get(0).owner());
        assertThat(found.weights().get(0).rules().get(0).value()).isEqualTo("yes");
        assertThat(rendered(found)).contains("proxy_set_header X-By us", "proxy_set_header X-No \"\"");
    }

    @Test
    void whatIsOfAnotherClassOrGatewayIsNotLookedAt() throws Exception {
        for (String text : List.of(
                INGRESS.replace("\"ingressClassName\": \"shera\",", ""), HTTP_ROUTE.replace("\"edge\"", "\"other\""))) {
            RouteObject.Kind kind = text.contains("ingress") ? RouteObject.Kind.INGRESS : RouteObject.Kind.HTTP_ROUTE;
            assertThat(new RouteObject("east", "retail", kind, JSON.readTree(text)).translate(SETTING, FACTS))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            INGRESS    | "tls"                  | "defaultBackend": {"service": {}}, "tls"     | defaultBackend
            INGRESS    | "host": "b.example.com",|                                             | names no host
            INGRESS    | "secretName": "pair"   | "other": 1                                  | names no Secret
            INGRESS    | "service": {"name": "one", "port": {"number": 81}} | "resource": {"kind": "x"} | 'resource'
            HTTP_ROUTE | "hostnames": ["c.example.com"], |                                      | names no host
            HTTP_ROUTE | "name": "edge"         | "name": "edge", "sectionName": "tls"         | 'sectionName'
            HTTP_ROUTE | "type": "PathPrefix"   | "type": "RegularExpression"                  | RegularExpression
            HTTP_ROUTE | "path": {"type": "Exact" | "method": "GET", "path": {"type": "Exact"  | 'method'
            HTTP_ROUTE | "weight": 900          | "weight": 90001                              | parts of 1 to 100
            HTTP_ROUTE | {"name": "old", "port": 80}] | {"name": "old", "port": 80, "namespace": "bank"}] | own namespace
            HTTP_ROUTE | "requestHeaderModifier": | "requestMirror":                           | 'requestMirror'
            HTTP_ROUTE | "type": "Exact", "name": "X-Canary" | "type": "RegularExpression", "name": "X-Canary" | exact value
            HTTP_ROUTE | {"type": "Exact", "value": "/set"} | {"type": "PathPrefix", "value": "/"} | Two rules
            """)
    void whatNginxCannotDoIsRefusedByName(RouteObject.Kind kind, String before, String after, String reason) {
        assertThatThrownBy(() -> changed(kind, before, after == null ? "" : after))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void noFieldReachesBeyondItsOwnArgument() throws Exception {
        Random random = new Random(11);
        int accepted = 0;
        for (RouteObject.Kind kind : RouteObject.Kind.values()) {
            JsonNode plain = JSON.readTree(kind == RouteObject.Kind.INGRESS ? INGRESS : HTTP_ROUTE);
            List<List<String>> benign = words(read(kind, plain));
            int fields = texts(plain, -1, null);
            for (int field = 0; field < fields; field++) {
                for (int i = 0; i < 200; i++) {
                    JsonNode copy = plain.deepCopy();
                    texts(copy, field, HostileText.make(random));
                    List<List<String>> found;
                    try {
                        RouteObject object = new RouteObject("east", "retail", kind, copy);
                        var translated = object.translate(SETTING, FACTS);
                        if (translated.isEmpty()) {
                            continue;
                        }
                        found = words(translated.get());
                    } catch (InvalidRouteException e) {
                        continue;
                    }
                    accepted++;
                    assertThat(found.stream().map(words -> words.get(0)).filter(RouteObjectTest::isName))
                            .as(copy.toString())
                            .isSubsetOf(
                                    benign.stream().map(words -> words.get(0)).toList());
                }
            }
        }
        assertThat(accepted).isPositive();
    }

    /** Entries of maps begin with keys and patterns, which are values. */
    private static boolean isName(String word) {
        return word.matches("[a-z_]+") && !Set.of("default").contains(word);
    }

    /** Counts the texts of a tree, and replaces one of them. */
    private static int texts(JsonNode node, int replaced, String by) {
        int[] count = {0};
        walk(node, replaced, by, count);
        return count[0];
    }

    private static void walk(JsonNode node, int replaced, String by, int[] count) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (object.get(name).isTextual()) {
                    if (count[0]++ == replaced) {
                        object.put(name, by);
                    }
                } else {
                    walk(object.get(name), replaced, by, count);
                }
            }
        } else {
            node.forEach(one -> walk(one, replaced, by, count));
        }
    }

    private static String rendered(Translation translation) throws Exception {
        return new String(files(translation));
    }

    private static List<List<String>> words(Translation translation) throws Exception {
        return HostileText.words(Map.of("f", files(translation)));
    }

    private static byte[] files(Translation translation) throws InvalidRouteException {
        List<Member> members = List.of(Member.of("10.0.0.1", 80, 1));
        List<Route> routes = new ArrayList<>();
        for (IntendedRoute one : translation.routes()) {
            routes.add(one.to(members));
        }
        List<Weight> weights = new ArrayList<>();
        for (IntendedWeight one : translation.weights()) {
            weights.add(one.to(members));
        }
        Map<String, byte[]> all = new TreeMap<>(RouteFiles.render(RouteSet.of(routes), 8899, "/w/*.conf"));
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(all.get(RouteFiles.PROOF));
        joined.writeBytes(WeightFiles.render(WeightSet.of(weights)).get(WeightFiles.PROOF));
        return joined.toByteArray();
    }
}
