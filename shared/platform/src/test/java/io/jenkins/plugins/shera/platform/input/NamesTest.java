package io.jenkins.plugins.shera.platform.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "payments", "prod-east-1", "0", "a-b"})
    void takesDnsLabels(String name) {
        assertThat(Names.label("id", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a.b",
                "a/b",
                "..",
                "a b",
                "a\n",
                "a\u0000",
                "$(id)",
                "`id`",
                "\u0430",
                "a_b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refusesWhatIsNoDnsLabel(String name) {
        assertThatThrownBy(() -> Names.label("id", name)).isInstanceOf(Refusal.class);
    }

    @Test
    void saysWhatWhereWhyAndWhatNext() {
        assertThatThrownBy(() -> Names.label("namespaces[0].namespace", "Pay_ments"))
                .hasMessage(
                        "Nothing was changed. namespaces[0].namespace: \u201cPay_ments\u201d is not a name Kubernetes takes"
                                + " (DNS-1123 label). Use at most 63 of a-z, 0-9 and -, beginning and ending with a letter or digit.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/a.git",
                "ssh://git@host/a",
                "git@host.example:team/a.git",
                "/srv/git/a.git",
                "file:///srv/git/a.git"
            })
    void takesAddressesOfGit(String url) {
        assertThat(Names.gitUrl("repository", url)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--upload-pack=touch /tmp/x",
                "-oProxyCommand=x",
                "ext::sh -c id",
                "https://u:secret@host/a",
                "ftp://host/a",
                "https://host/a b",
                "git@-host:a\nb",
                "relative/path"
            })
    void refusesAddressesThatRunOrLeak(String url) {
        assertThatThrownBy(() -> Names.gitUrl("repository", url))
                .isInstanceOf(Refusal.class)
                .hasMessageNotContaining("secret");
    }
}
