package io.jenkins.plugins.shera.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedClientsTest {
    @Test
    void registriesThatTrustTheSameShareOneUntilItWasSilentForHalfAMinute() throws Exception {
        SharedClients one = SharedClients.of(RegistryAddress.of("one.example.org"));
        SharedClients other = SharedClients.of(RegistryAddress.of("other.example.org"));
        long now = System.nanoTime();
        HttpClient client = one.client(now);

        assertThat(other.client(now + Duration.ofSeconds(29).toNanos())).isSameAs(client);
        assertThat(one.client(now + Duration.ofSeconds(58).toNanos())).isSameAs(client);
        assertThat(one.client(now + Duration.ofSeconds(89).toNanos())).isNotSameAs(client);
    }

    @Test
    void anAuthorityThatCannotBeReadIsToldOfTheRegistryItIsOf() {
        for (String host : new String[] {"one.example.org", "other.example.org"}) {
            assertThatThrownBy(() -> SharedClients.of(RegistryAddress.of(host, host, false, "no certificate")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("given for the registry " + host);
        }
    }
}
