package io.jenkins.plugins.shera.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProofTest {

    private static final byte[] KEY = "Jefe".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

    /** Test case 2 of RFC 4231. */
    private static final String MAC = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    @Test
    void takesTheRightProofWithAndWithoutItsPrefix() {
        assertThat(Proof.hmacSha256(KEY, BODY, MAC)).isTrue();
        assertThat(Proof.hmacSha256(KEY, BODY, "sha256=" + MAC)).isTrue();
    }

    @Test
    void refusesEveryOther() {
        assertThat(Proof.hmacSha256(KEY, BODY, MAC.substring(1))).isFalse();
        assertThat(Proof.hmacSha256(KEY, new byte[0], MAC)).isFalse();
        assertThat(Proof.hmacSha256(new byte[0], BODY, MAC)).isFalse();
        assertThat(Proof.hmacSha256(KEY, BODY, null)).isFalse();
        assertThat(Proof.token("", "")).isFalse();
    }
}
