package io.jenkins.plugins.shera.nginx.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionTest {
    private static final String SECRET =
            """
            # who calls
            map $http_authorization $known { default 0; "Bearer s3cret" 1; }
            server {
                location /token {
                    proxy_set_header X-Api-Key s3cret;
                    proxy_set_header Host $host; # kept
                    if ($cookie_session = "s3cret") { return 403; }
                    content_by_lua_block { ngx.say("s3cret") }
                }
            }
            """;

    @Test
    void showsATenantItsOwnRoutesAndNothingOfOthers() throws Exception {
        RouteSet routes = RouteSet.of(List.of(
                route("retail", "shop", "shop.example.com", "10.0.0.1"),
                route("bank", "vault", "eshop.example.com", "10.0.0.2")));

        String shown = shown(routes, "retail");

        assertThat(shown)
                .contains("server_name shop.example.com", "upstream shera.retail.shop.dev", "10.0.0.1")
                .doesNotContain("eshop", "bank", "vault", "10.0.0.2");
        assertThat(shown(routes, "bank"))
                .contains("server_name eshop.example.com", "10.0.0.2")
                .doesNotContain("retail", "10.0.0.1");
        assertThat(shown(routes, "stranger")).isBlank();
    }

    @Test
    void showsATenantItsOwnLinesOfWhatThousandsShare() throws Exception {
        List<Route> many = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            many.add(route(i == 7 ? "retail" : "bank", "app" + i, "h" + i + "x.example.com", "10.0.1." + i % 250));
        }

        String shown = shown(RouteSet.of(many), "retail");

        assertThat(shown).contains("h7x.example.com").doesNotContain("bank", "h8x.", "10.0.1.8");
    }

    @Test
    void showsNoRedirectOfAnotherThatLeadsToOnesHost() throws Exception {
        RouteSet routes = RouteSet.of(List.of(
                route("retail", "shop", "shop.example.com", "10.0.0.1"),
                route("bank", "vault", "vault.example.com", "10.0.0.2")));
        String text =
                """
                server {
                    server_name vault.example.com;
                    location = /gone { return 302 https://shop.example.com/secret-campaign; }
                    add_header X-Partner shop.example.com;
                }
                """;

        assertThat(Region.of("retail", routes)
                        .show("routes.conf", text.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow())
                .isBlank();
    }

    @Test
    void showsATenantItsOwnWeights() throws Exception {
        Route own = route("retail", "shop", "shop.example.com", "10.0.0.1");
        Route other = route("bank", "vault", "vault.example.com", "10.0.0.2");
        WeightSet weights = WeightSet.of(List.of(weight(own, "10.0.0.11"), weight(other, "10.0.0.22")));

        String shown = Region.of("retail", RouteSet.of(List.of(own, other)))
                .show("weights.conf", WeightFiles.render(weights).get("weights.conf"))
                .orElseThrow();

        assertThat(shown).contains("10.0.0.11").doesNotContain("10.0.0.22", "bank");
    }

    @Test
    void masksWhatOnlyTheMachineMayKnow() {
        String shown = Region.whole()
                .show("x.conf", SECRET.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();

        assertThat(shown)
                .doesNotContain("s3cret")
                .contains("location /token {", "proxy_set_header X-Api-Key \"(masked)\";", "# kept", "default 0;");
    }

    @Test
    void showsNothingOfAFileThatIsNoConfiguration() {
        assertThat(Region.whole().show("x.conf", "server {".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static String shown(RouteSet routes, String tenant) {
        byte[] file = RouteFiles.render(routes, 8899, "/w/*.conf").get(RouteFiles.PROOF);
        return Region.of(tenant, routes).show(RouteFiles.PROOF, file).orElseThrow();
    }

    private static Route route(String tenant, String application, String host, String address) throws Exception {
        return Route.of(RouteOwner.of(tenant, application, "dev"), host, 80, "/", List.of(Member.of(address, 8080, 1)));
    }

    private static Weight weight(Route route, String canary) throws Exception {
        return Weight.of(route.owner(), 20, List.of(), List.of(Member.of(canary, 8080, 1)), "r", 1);
    }
}
