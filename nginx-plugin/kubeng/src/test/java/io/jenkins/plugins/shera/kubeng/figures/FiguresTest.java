package io.jenkins.plugins.shera.kubeng.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    private static final Map<String, String> TENANTS = Map.of("shop.example.com", "retail");

    private final HostFigures hosts = new HostFigures();

    private String text() {
        Exposition out = new Exposition();
        hosts.write(out);
        return out.text();
    }

    @Test
    void countsByClassAndTimeOnlyHostsThatHaveARoute() {
        hosts.count("shop.example.com 200 0.004", TENANTS);
        hosts.count("shop.example.com 502 0.300", TENANTS);
        hosts.count("shop.example.com 502 0.100 shera.retail.shop.dev 1700000000.123", TENANTS);
        hosts.count("invented-1.example.com 200 0.004", TENANTS);
        hosts.count("shop.example.com\"} 9 200 0.004", TENANTS);
        assertThat(text())
                .contains("kubeng_host_requests_total{host=\"shop.example.com\",tenant=\"retail\",class=\"5xx\"} 2\n")
                .contains("_seconds_bucket{host=\"shop.example.com\",tenant=\"retail\",le=\"0.25\"} 2\n")
                .contains("_seconds_bucket{host=\"shop.example.com\",tenant=\"retail\",le=\"+Inf\"} 3\n")
                .contains("_seconds_sum{host=\"shop.example.com\",tenant=\"retail\"} 0.404\n")
                .contains("kubeng_upstream_requests_total{host=\"shop.example.com\",tenant=\"retail\","
                        + "upstream=\"shera.retail.shop.dev\",class=\"5xx\"} 1\n")
                .contains("kubeng_upstream_request_seconds_sum{host=\"shop.example.com\",tenant=\"retail\","
                        + "upstream=\"shera.retail.shop.dev\"} 0.1\n")
                .doesNotContain("upstream=\"\"")
                .contains("kubeng_foreign_requests_total 1\n")
                .contains("kubeng_unreadable_lines_total 1\n")
                .doesNotContain("invented");
    }

    @Test
    void aHostThatGoesToAnotherTenantBeginsAnew() {
        hosts.count("shop.example.com 200 0.004", TENANTS);
        hosts.keep(Map.of("shop.example.com", "bank"));
        assertThat(text()).doesNotContain("shop.example.com");
    }

    @Test
    void quotesTheValuesOfLabels() {
        Exposition out = new Exposition();
        out.begin("a", "gauge", "A.");
        out.value(1, "host", "x\"} 1\nb\\");
        assertThat(out.text()).endsWith("a{host=\"x\\\"} 1\\nb\\\\\"} 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9145", "localhost:9145", "127.0.0.1:65536", "127.0.0.1:", "999.0.0.1:80"})
    void refusesToListenAtWhatIsNoAddress(String listen) {
        assertThatThrownBy(() -> FigureSettings.of(listen, "", "")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/", "https://127.0.0.1/", "http://127.0.0.1@evil/", "file:///etc"})
    void asksNoOtherMachineForItsStatus(String status) {
        assertThatThrownBy(() -> FigureSettings.of("127.0.0.1:9145", status, ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("metrics.status");
    }

    @Test
    void saysThatSomethingElseAnswers() {
        assertThatThrownBy(() -> StubStatus.parse("<html>Welcome</html>")).hasMessageContaining("stub_status");
    }
}
