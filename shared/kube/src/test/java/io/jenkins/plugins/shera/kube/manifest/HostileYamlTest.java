package io.jenkins.plugins.shera.kube.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileYamlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1:1/\"]]]]",
                "a: !!java.io.File [/etc/passwd]",
                "a: !!binary aGVsbG8=",
                "a: !!set {x, y}",
                "a: !!timestamp 2026-01-01",
                "a: !include /etc/passwd",
                "!<tag:yaml.org,2002:java.util.Date> 1"
            })
    void refusesEveryTagThatIsNotPlainYaml(String text) {
        assertThatThrownBy(() -> BoundedYaml.read(text, "x.yaml"))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("x.yaml: document 1, line 1")
                .hasMessageContaining("tag");
    }

    @Test
    void endsAnAliasBombBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= 9; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("]\n");
        }
        assertThatThrownBy(() -> BoundedYaml.read(bomb.toString(), "bomb.yaml"))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("bomb.yaml: document 1");
    }

    @Test
    void endsASmallBombThatHasFewAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [" + "x, ".repeat(500) + "]\n");
        for (int i = 1; i <= 6; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(8)).append("]\n");
        }
        assertThatThrownBy(() -> BoundedYaml.read(bomb.toString(), "bomb.yaml"))
                .hasMessageContaining("more than 200000 values");
    }

    @Test
    void refusesAnAliasThatContainsItself() {
        assertThatThrownBy(() -> BoundedYaml.read("a: &a [*a]", "x")).isInstanceOf(ManifestException.class);
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThatThrownBy(() -> BoundedYaml.read("a: " + "x".repeat(50 << 20), "big.yaml"))
                .hasMessage("big.yaml: is larger than 3 MiB. Split it.");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThatThrownBy(() -> BoundedYaml.read("[".repeat(100_000), "deep.yaml"))
                .isInstanceOf(ManifestException.class);
    }

    @Test
    void namesTheLineOfAKeyThatStandsTwice() {
        assertThatThrownBy(() -> BoundedYaml.read("a: 1\n---\nb: 1\nc: 2\nb: 3\n", "twice.yaml"))
                .hasMessage("twice.yaml: document 2, line 5: found duplicate key b.");
    }

    @Test
    void namesTheLineOfATab() {
        assertThatThrownBy(() -> BoundedYaml.read("a:\n\tb: 1\n", "tab.yaml")).hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"? [a, b]\n: c", "? {a: b}\n: c"})
    void refusesKeysThatAreNotTexts(String text) {
        assertThatThrownBy(() -> BoundedYaml.read(text, "x")).hasMessageContaining("a key must be a text");
    }

    @Test
    void readsScalarsAsKubectlDoes() throws ManifestException {
        String text = "mode: 0644\nport: 22:22\nday: 2026-11-23\nbig: 12345678901234567890\nhex: 0x1F\n"
                + "on: yes\nratio: 0.5\nversion: 1.2.3\nnone: ~\nquoted: '8080'\nexp: 1e3\n";
        assertThat(BoundedYaml.read(text, "x").get(0).content())
                .hasToString("{\"mode\":420,\"port\":\"22:22\",\"day\":\"2026-11-23\",\"big\":12345678901234567890,"
                        + "\"hex\":31,\"on\":true,\"ratio\":0.5,\"version\":\"1.2.3\",\"none\":null,\"quoted\":\"8080\","
                        + "\"exp\":1E+3}");
    }

    @Test
    void followsAnchorsAndMergesOfHonestPeople() throws ManifestException {
        assertThat(BoundedYaml.read("base: &b {x: 1, y: 2}\nmore: {<<: *b, y: 3}\n", "x")
                        .get(0)
                        .content()
                        .path("more"))
                .hasToString("{\"x\":1,\"y\":3}");
    }
}
