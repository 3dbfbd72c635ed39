package io.jenkins.plugins.shera.nginx.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.objects.HttpRouteWriter.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a published route is as an HTTPRoute. */
class HttpRouteWriterTest {
    private static Route route(String path, List<HeaderRule> headers) throws Exception {
        RouteRules rules = new RouteRules(false, headers, List.of(), null, null, List.of(), List.of());
        return Route.of(owner(), "shop.example.com", 80, path, List.of(Member.of("10.96.0.1", 80, 1)))
                .ruled(rules);
    }

    private static RouteOwner owner() throws Exception {
        return RouteOwner.of("retail", "shop", "dev");
    }

    private static String yaml(Route route, Weight weight) throws Exception {
        return HttpRouteWriter.yaml(new HttpRouteWriter(
                        "retail",
                        "infra",
                        "edge",
                        Map.of(
                                Member.of("10.96.0.1", 80, 1), new Service("shop", 80),
                                Member.of("10.96.0.2", 80, 1), new Service("shop-next", 80)))
                .write(route, weight));
    }

    @Test
    void headersComeBeforeCookiesBeforeTheShare() throws Exception {
        Weight weight = Weight.of(
                owner(),
                20,
                List.of(CanaryRule.of(true, "beta", "1.2"), CanaryRule.of(false, "X-Test", "yes")),
                List.of(Member.of("10.96.0.2", 80, 1)),
                "r",
                1);

        String yaml = yaml(route("/", List.of(new HeaderRule("X-Team", "a: \"b\" #c"))), weight);

        assertThat(yaml)
                .containsSubsequence(
                        "hostnames:\n  - \"shop.example.com\"",
                        "type: \"Exact\"",
                        "name: \"X-Test\"",
                        "name: \"shop-next\"",
                        "name: \"Cookie\"",
                        "beta=1[.]2",
                        "name: \"shop-next\"",
                        "name: \"shop\"\n",
                        "weight: 80",
                        "name: \"shop-next\"",
                        "weight: 20")
                .contains("value: \"a: \\\"b\\\" #c\"");
    }

    @Test
    void refusesWhatAnHttpRouteCannotSay() throws Exception {
        assertThatThrownBy(() -> yaml(route("/shop", List.of()), null)).hasMessageContaining("by whole segments");
        assertThat(yaml(route("/shop", List.of()).matching(PathMatch.SEGMENTS), null))
                .contains("PathPrefix");
        Route elsewhere = Route.of(owner(), "shop.example.com", 80, "/", List.of(Member.of("10.0.0.5", 80, 1)));
        assertThatThrownBy(() -> yaml(elsewhere, null)).hasMessageContaining("No Service of namespace retail");
        Route aliases = elsewhere.ruled(
                new RouteRules(false, List.of(), List.of(), null, null, List.of(), List.of("www.example.com")));
        assertThatThrownBy(() -> yaml(aliases, null)).hasMessageContaining("has no words for aliases");
    }
}
