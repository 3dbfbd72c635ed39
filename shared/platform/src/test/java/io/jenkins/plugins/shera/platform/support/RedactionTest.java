package io.jenkins.plugins.shera.platform.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private final Redaction redaction =
            new Redaction(List.of("s3cr\"et-one", "abc", "first line\nsecond line", "first"));

    @Test
    void knowsValuesByHeartAlsoWithinJsonAndLineByLine() {
        assertThat(redaction.of("x s3cr\"et-one y {\"a\":\"s3cr\\\"et-one\"} first line | second line"))
                .isEqualTo("x (removed) y {\"a\":\"(removed)\"} (removed) | (removed)");
    }

    @Test
    void tearsNoWordsBySecretsTooShort() {
        assertThat(redaction.of("abcdef")).isEqualTo("abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git fetch https://bot:HIDDEN@git.example.com/x.git",
                "Authorization: Bearer HIDDENHIDDEN.x",
                "Authorization: Basic SElEREVOSElEREVO",
                "-Dsonar.token=HIDDEN -X",
                "{\"db_password\": \"HIDDEN\", \"x\": 1}",
                "{\\\"token\\\":\\\"HIDDEN\\\"}",
                "https://hooks.example.com/send?access_token=HIDDEN&x=1",
                "-----BEGIN RSA PRIVATE KEY-----\nHIDDEN\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nHIDDEN",
                "eyJhbGciOiJIUzI1NiJ9.SElEREVO.sig"
            })
    void takesOutWhatStandsWhereSecretsStand(String text) {
        assertThat(redaction.of(text)).contains("(removed)").doesNotContain("HIDDEN", "SElEREVO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"credentialsId\":\"sonar-token\"",
                "a user who may see all signs in with a token.",
                "https://registry.example.com:5000/v2/ answered 401",
                "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void leavesWhatIsNone(String text) {
        assertThat(redaction.of(text)).isEqualTo(text);
    }
}
