package io.jenkins.plugins.shera.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalPolicyTest {

    @Test
    void letsInWhatItListsAndEverythingWithoutAList() {
        TerminalPolicy policy = new TerminalPolicy();
        assertThat(policy.allows("shop")).isTrue();
        policy.setContainers(List.of("shop", "web-*"));
        assertThat(policy.allows("shop")).isTrue();
        assertThat(policy.allows("web-1")).isTrue();
        assertThat(policy.allows("shop-proxy")).isFalse();
        assertThat(policy.allows("my-web-1")).isFalse();
    }
}
