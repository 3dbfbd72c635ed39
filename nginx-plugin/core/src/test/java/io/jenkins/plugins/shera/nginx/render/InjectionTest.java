package io.jenkins.plugins.shera.nginx.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteAccess;
import io.jenkins.plugins.shera.nginx.model.RouteBalance;
import io.jenkins.plugins.shera.nginx.model.RouteLimits;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRedirect;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever stands in a field, it is refused, or becomes one argument and changes nothing around it. */
class InjectionTest {
    private interface Field {
        Map<String, byte[]> with(String text) throws InvalidRouteException;
    }

    @Test
    void noFieldReachesBeyondItsOwnArgument() throws Exception {
        Map<String, Field> fields = new TreeMap<>();
        fields.put("live application", text -> live(text, "10.0.0.1"));
        fields.put("live address", text -> live("shop", text));
        fields.put("host", text -> route("shop", text, "/", "10.0.0.1"));
        fields.put("path", text -> route("shop", "h", "/" + text, "10.0.0.1"));
        fields.put("address", text -> route("shop", "h", "/", text));
        fields.put("header", text -> weight(text, "v", "r"));
        fields.put("value", text -> weight("h", text, "r"));
        fields.put("rollout", text -> weight("h", "v", text));
        fields.put("application", text -> route(text, "h", "/", "10.0.0.1"));
        fields.put("request header", text -> ruled(rules -> rules.request = header(text, "v")));
        fields.put("request header's value", text -> ruled(rules -> rules.request = header("X-A", text)));
        fields.put("response header", text -> ruled(rules -> rules.response = header(text, "v")));
        fields.put("response header's value", text -> ruled(rules -> rules.response = header("X-A", text)));
        fields.put("redirect from", text -> ruled(rules -> rules.from = "/f" + text + "x"));
        fields.put("redirect to", text -> ruled(rules -> rules.to = "/t" + text));
        fields.put("redirect to a host", text -> ruled(rules -> rules.to = "https://t" + text));
        fields.put("alias", text -> ruled(rules -> rules.alias = text));
        fields.put("allowed", text -> ruled(rules -> rules.allow = text));
        fields.put("denied", text -> ruled(rules -> rules.deny = text));
        fields.put("realm", text -> ruled(rules -> rules.realm = text));
        fields.put("users", text -> ruled(rules -> rules.users = text));
        fields.put("balance header", text -> ruled(rules -> rules.header = text));
        fields.put("sticky cookie", text -> ruled(rules -> rules.sticky = text));
        Map<String, String> plain = Map.of(
                "address",
                "10.0.0.9",
                "live address",
                "10.0.0.9",
                "allowed",
                "10.0.0.9",
                "denied",
                "10.0.0.9",
                "users",
                "0".repeat(64));
        Random random = new Random(7);
        Map<String, Integer> acceptedOf = new TreeMap<>();
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            List<List<String>> benign =
                    HostileText.words(field.getValue().with(plain.getOrDefault(field.getKey(), "x")));
            for (int i = 0; i < 2000; i++) {
                String text = HostileText.make(random);
                Map<String, byte[]> files;
                try {
                    files = field.getValue().with(text);
                } catch (InvalidRouteException | IllegalArgumentException e) {
                    continue;
                }
                acceptedOf.merge(field.getKey(), 1, Integer::sum);
                requireSameShape(field.getKey(), text, benign, HostileText.words(files));
            }
        }
        assertThat(acceptedOf.values().stream().mapToInt(Integer::intValue).sum())
                .isPositive();
    }

    private static void requireSameShape(
            String field, String text, List<List<String>> benign, List<List<String>> found) {
        assertThat(found).as(field + ": " + text).hasSameSizeAs(benign);
        int differing = 0;
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).as(field + ": " + text).hasSameSizeAs(benign.get(i));
            String name = benign.get(i).get(0);
            // An entry of a map begins with its pattern.
            assertThat(found.get(i).get(0)).startsWith(name.startsWith("~") ? "~" : name);
            for (int j = 0; j < found.get(i).size(); j++) {
                differing += found.get(i).get(j).equals(benign.get(i).get(j)) ? 0 : 1;
            }
        }
        if (!Set.of(
                        "address",
                        "application",
                        "live application",
                        "header",
                        "value",
                        "rollout",
                        "response header",
                        "sticky cookie")
                .contains(field)) {
            assertThat(differing).as(field + ": " + text).isLessThanOrEqualTo(1);
        }
    }

    private static Map<String, byte[]> route(String application, String host, String path, String address)
            throws InvalidRouteException {
        Route route =
                Route.of(RouteOwner.of("t", application, "e"), host, 80, path, List.of(Member.of(address, 80, 1)));
        return Map.of(
                "f",
                RouteFiles.render(RouteSet.of(List.of(route)), 8899, "/w/*.conf")
                        .get("routes.conf"));
    }

    /** What is Lua there, {@link HostileText} does not look into: it has to stay the same, letter by letter, but for the key. */
    private static Map<String, byte[]> live(String application, String address) throws InvalidRouteException {
        Route route = Route.of(RouteOwner.of("t", application, "e"), "h", 80, "/", List.of(Member.of(address, 80, 1)))
                .living(true);
        RouteSet routes = RouteSet.of(List.of(route));
        assertThat(LiveUpstreams.members(routes)).allSatisfy((key, members) -> {
            assertThat(key).matches("[0-9a-f]{20}");
            assertThat(members).matches("[0-9A-Fa-f.:\\[\\]]+:80=1");
        });
        byte[] file = RouteFiles.render(routes, 8899, "/w/*.conf").get(RouteFiles.LIVE);
        assertThat(new String(file, StandardCharsets.UTF_8))
                .endsWith("upstream shera." + route.owner().id() + " {\n    server 0.0.0.1:1;\n"
                        + "    balancer_by_lua_block {\n        require(\"shera_live\").choose(\""
                        + LiveUpstreams.key(route)
                        + "\")\n    }\n    keepalive 16;\n}\n");
        return Map.of("f", file);
    }

    private static List<HeaderRule> header(String name, String value) {
        return List.of(new HeaderRule(name, value));
    }

    private static final class Ruled {
        private List<HeaderRule> request = List.of();
        private List<HeaderRule> response = List.of();
        private String from = "/f";
        private String to = "/t";
        private String alias = "alias";
        private String allow = "10.0.0.1";
        private String deny = "10.0.0.2";
        private String realm = "realm";
        private String credential = "anna";
        private String users = "1".repeat(64);
        private String header = "X-User";
        private String sticky = "SRV";
    }

    private static Map<String, byte[]> ruled(Consumer<Ruled> change) throws InvalidRouteException {
        Ruled ruled = new Ruled();
        change.accept(ruled);
        RouteRules rules = new RouteRules(
                false,
                ruled.request,
                ruled.response,
                new RouteLimits(1, 2, 3, 4, 5, 6, 7, 8),
                new RouteAccess(
                        List.of(ruled.allow), List.of(ruled.deny), ruled.realm, List.of(ruled.credential), ruled.users),
                List.of(new RouteRedirect(ruled.from, ruled.to, 301)),
                List.of(ruled.alias),
                new RouteBalance(RouteBalance.Method.HEADER, ruled.header, ruled.sticky, 3, 20));
        Route route = Route.of(
                RouteOwner.of("t", "a", "e"),
                "h",
                80,
                "/",
                List.of(Member.of("10.0.0.1", 80, 1), Member.of("10.0.0.2", 80, 1)));
        RouteSet routes = RouteSet.of(List.of()).with(route.ruled(rules));
        return Map.of("f", RouteFiles.render(routes, 8899, "/w/*.conf").get("routes.conf"));
    }

    private static Map<String, byte[]> weight(String name, String value, String rollout) throws InvalidRouteException {
        Weight weight = Weight.of(
                RouteOwner.of("t", "a", "e"),
                20,
                List.of(CanaryRule.of(false, name, value), CanaryRule.of(true, name, value)),
                List.of(Member.of("10.0.0.2", 80, 1)),
                rollout,
                1);
        return Map.of("f", WeightFiles.render(WeightSet.of(List.of(weight))).get("weights.conf"));
    }
}
