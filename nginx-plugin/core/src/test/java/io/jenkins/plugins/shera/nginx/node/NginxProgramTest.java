package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.nginx.model.RouteTls.Http2;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NginxProgramTest {
    private static final String BUILT = "\nTLS SNI support enabled\nconfigure arguments: --with-http_ssl_module";

    @ParameterizedTest
    @CsvSource({
        "nginx version: nginx/1.22.1, LISTEN",
        "nginx version: nginx/1.25.0, LISTEN",
        "nginx version: nginx/1.25.1, DIRECTIVE",
        "nginx version: openresty/1.27.1.2, DIRECTIVE",
        "nginx version: nginx/1.26.3 (Ubuntu), DIRECTIVE"
    })
    void writesHttp2AsTheVersionKnowsIt(String said, Http2 way) throws Exception {
        RouteSet fitting =
                NginxProgram.told(said + BUILT + " --with-http_v2_module").fitting(routes(Http2.ON));

        assertThat(fitting.routes())
                .singleElement()
                .satisfies(route -> assertThat(route.tls().http2()).isEqualTo(way));
    }

    @Test
    void refusesWhatItsNginxDoesNotKnow() throws Exception {
        assertThatThrownBy(() -> NginxProgram.told("nginx version: nginx/1.22.1\nconfigure arguments:")
                        .fitting(routes(Http2.OFF)))
                .hasMessageStartingWith("nginx 1.22.1 of this node was built without TLS");
        assertThatThrownBy(() ->
                        NginxProgram.told("nginx version: nginx/1.18.0" + BUILT).fitting(routes(Http2.OFF)))
                .hasMessageStartingWith("nginx 1.18.0 of this node cannot refuse handshakes for unknown names");
        assertThatThrownBy(() ->
                        NginxProgram.told("nginx version: nginx/1.22.1" + BUILT).fitting(routes(Http2.ON)))
                .hasMessageStartingWith("nginx 1.22.1 of this node was built without HTTP/2");
        RouteSet plain = RouteSet.of(List.of());
        assertThat(NginxProgram.told("").fitting(plain)).isSameAs(plain);
    }

    private static RouteSet routes(Http2 http2) throws Exception {
        return RouteSet.of(List.of(Route.of(
                        RouteOwner.of("retail", "shop", "dev"),
                        "shop.example.com",
                        80,
                        "/",
                        List.of(Member.of("10.0.0.1", 80, 1)))
                .over(new RouteTls("retail/shop", "0".repeat(64), 443, 0, 0, false, http2).check())));
    }
}
