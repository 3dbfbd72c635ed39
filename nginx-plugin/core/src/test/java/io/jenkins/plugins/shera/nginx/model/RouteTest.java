package io.jenkins.plugins.shera.nginx.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    private static final String[] HOSTILE = {
        "a\"b", "a{b", "a}b", "a;b", "a\nb", "a\rb", "a\0b", "a#b", "a\\", "a${var}", "a$host", "a b", "\u0430.example"
    };

    @Test
    void acceptsOrdinaryHostsAndPaths() {
        assertThatCode(() -> route("shop.example.com", "/")).doesNotThrowAnyException();
        assertThatCode(() -> route("shop", "/v1/items;jsessionid=1")).doesNotThrowAnyException();
    }

    @Test
    void refusesEveryHostileTextInEveryField() {
        for (String text : HOSTILE) {
            assertThatThrownBy(() -> route(text, "/")).isInstanceOf(InvalidRouteException.class);
            assertThatThrownBy(() -> Member.of(text, 80, 1)).isInstanceOf(InvalidRouteException.class);
            assertThatThrownBy(() -> RouteOwner.of(text, "b", "c")).isInstanceOf(InvalidRouteException.class);
            if (!text.equals("a;b")) {
                assertThatThrownBy(() -> route("h", "/" + text)).isInstanceOf(InvalidRouteException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.example.com", "~^shop", "_", "", ".example.com", "example.com.", "EXAMPLE.com"})
    void refusesAHostThatCouldCaptureOthers(String host) {
        assertThatThrownBy(() -> route(host, "/")).hasMessageStartingWith("The host '" + host + "' is not a host name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "~ /x", "= /x", "@named", "/a/../b", "/.."})
    void refusesAPathThatNginxWouldReadOtherwise(String path) {
        assertThatThrownBy(() -> route("h", path))
                .hasMessageStartingWith("The path '" + path + "' is not a path prefix");
    }

    @Test
    void refusesARouteThatNobodyWouldAnswer() throws Exception {
        RouteOwner owner = RouteOwner.of("t", "a", "e");
        assertThatThrownBy(() -> Route.of(owner, "h", 80, "/", List.of()))
                .hasMessage(
                        "The route to h/ has no member: nothing would answer. Deploy the application first, or name its addresses.");
    }

    private static Route route(String host, String path) throws InvalidRouteException {
        return Route.of(RouteOwner.of("t", "a", "e"), host, 80, path, List.of(Member.of("10.0.0.1", 80, 1)));
    }
}
