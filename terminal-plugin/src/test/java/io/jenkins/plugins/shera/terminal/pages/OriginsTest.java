package io.jenkins.plugins.shera.terminal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages may open a socket to a Jenkins at {@code ci.example.com:8080}, whose root URL is another. */
class OriginsTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "http://ci.example.com:8080, true",
                "https://ci.example.com:8080, true",
                "HTTP://CI.Example.COM:8080, true",
                "https://jenkins.example.org, true",
                "none, false",
                "'', false",
                "null, false",
                "http://ci.example.com, false",
                "http://ci.example.com:8081, false",
                "http://ci.example.com.:8080, false",
                "http://ci.example.com:8080/, false",
                "http://sibling.ci.example.com:8080, false",
                "http://sibling.example.com:8080, false",
                "http://example.com:8080, false",
                "http://ci.example.com:8080@evil.example, false",
                "http://ci.example.com:8080.evil.example, false",
                "ftp://ci.example.com:8080, false",
                "ci.example.com:8080, false",
                "http://jenkins.example.org, false",
                "https://jenkins.example.org:8443, false"
            })
    void onlyItsOwnPagesMay(String origin, boolean own) {
        assertThat(Origins.isOwn(origin, "ci.example.com:8080", "https://jenkins.example.org/ci/"))
                .isEqualTo(own);
        assertThat(Origins.isOwn(origin, null, "https://jenkins.example.org/ci/"))
                .as("asked without a host")
                .isFalse();
    }
}
