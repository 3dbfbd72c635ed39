package io.jenkins.plugins.shera.nginx.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedMembersTest {
    @Test
    void nodesThatLookThemselvesTakeNamesBesideAddresses() throws Exception {
        assertThat(NamedMembers.targets(
                        List.of("erp.example.com:8080 weight=3", "10.0.0.5:80", "[fd00::5]:81", "localhost:82")))
                .containsExactly(
                        Target.named("erp.example.com", 8080, 3),
                        Target.of(Member.of("10.0.0.5", 80, 1)),
                        Target.of(Member.of("fd00::5", 81, 1)),
                        Target.named("localhost", 82, 1));
        assertThatThrownBy(() -> NamedMembers.of(List.of("erp.example.com:8080")))
                .hasMessageContaining("not an IP address")
                .hasMessageContaining("KubeNg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.300:80",
                "10.0.0:80",
                "1:80",
                "erp.example.com",
                "erp.example.com:0",
                "erp.example.com:99999",
                "erp..example.com:80",
                "erp.example.com.1:80",
                "erp example.com:80",
                "erp.example.com:80 weight=0",
                "erp.example.com:80;",
                "erp.example.com:80\nserver x",
                "unix:/run/x.sock:80",
                "$host:80",
                "{}:80",
                "",
            })
    void whatIsNeitherIsRefused(String member) {
        assertThatThrownBy(() -> NamedMembers.targets(List.of(member))).isInstanceOf(InvalidRouteException.class);
    }
}
