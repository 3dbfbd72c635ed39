package io.jenkins.plugins.shera.nginx.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteLimits;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRedirect;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulingsTest {
    @Test
    void keepsHstsWhereALocationAddsAHeaderAndServesAliasesAndRedirectsOverTls() throws Exception {
        RouteTls tls = new RouteTls("t/shop", "0".repeat(64), 443, 308, 60, false, RouteTls.Http2.OFF);
        RouteRules rules = new RouteRules(
                false,
                null,
                List.of(new HeaderRule("X-A", "1")),
                null,
                null,
                List.of(new RouteRedirect("/old", "/new", 301)),
                List.of("www.shop.example.com"));

        String text = text(RouteSet.of(List.of()).with(route("shop").over(tls).ruled(rules)));

        assertThat(text.split("add_header Strict-Transport-Security", -1)).hasSize(3);
        assertThat(text.split("location = /old", -1)).hasSize(3);
        assertThat(text.split("server_name www.shop.example.com", -1)).hasSize(3);
        assertThat(text.split("return 301 https://shop.example.com\\$request_uri", -1))
                .hasSize(3);
    }

    @Test
    void givesAHostWithRulesAServerOfItsOwnAmongMany() throws Exception {
        RouteSet many = RouteSet.of(List.of());
        for (int i = 0; i < 502; i++) {
            many = many.with(route("shop-" + i));
        }
        RouteRules rules = new RouteRules(false, null, null, new RouteLimits(1, 2, 3, 0, 0, 0, 0, 0), null, null, null);

        String text = text(many.with(route("shop-7").ruled(rules)));

        assertThat(text)
                .contains("client_max_body_size 1;")
                .contains("rate=2r/s;")
                .contains("    server_name shop-7.example.com;\n    location / {");
        assertThat(text.split("client_max_body_size", -1)).hasSize(2);
    }

    private static String text(RouteSet routes) {
        return RouteFiles.generated(routes, "/folder");
    }

    private static Route route(String application) throws InvalidRouteException {
        return Route.of(
                RouteOwner.of("t", application, "e"),
                application + ".example.com",
                80,
                "/",
                List.of(Member.of("10.0.0.1", 80, 1)));
    }
}
