package io.jenkins.plugins.shera.kube.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeconfigTest {

    private static String config(String cluster, String user) {
        return "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\n"
                + "clusters: [{name: c, cluster: {" + cluster + "}}]\nusers: [{name: u, user: {" + user + "}}]\n";
    }

    @Test
    void readsServerTokenAndImpersonation() {
        ClusterAccess access = Kubeconfig.parse(
                config("server: 'https://k:6443'", "token: abc, as: jane, as-groups: [dev]"), null, false);
        assertThat(access.server()).hasToString("https://k:6443");
        assertThat(access.token()).isEqualTo("abc");
        assertThat(access.impersonatedGroups()).containsExactly("dev");
        assertThat(access).hasToString("https://k:6443 as jane");
    }

    @ParameterizedTest
    @CsvSource({
        "'exec: {command: /bin/sh}', exec",
        "'auth-provider: {name: gcp}', auth-provider",
        "'tokenFile: /etc/passwd', tokenFile",
        "'client-certificate: /etc/passwd', client-certificate",
        "'client-key: /etc/passwd', client-key",
        "'username: a, password: b', refused"
    })
    void refusesWhatRunsProgramsOrOpensFiles(String user, String named) {
        assertThatThrownBy(() -> Kubeconfig.parse(config("server: 'https://k'", user), null, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("refused");
    }

    @Test
    void refusesToSkipVerificationUnlessDeclared() {
        String text = config("server: 'https://k', insecure-skip-tls-verify: true", "token: abc");
        assertThatThrownBy(() -> Kubeconfig.parse(text, null, false))
                .hasMessageContaining("insecure-skip-tls-verify")
                .hasMessageContaining("certificate-authority-data");
        assertThat(Kubeconfig.parse(text, null, true).isInsecure()).isTrue();
    }

    @Test
    void refusesPlainHttpUnlessDeclared() {
        String text = config("server: 'http://k:8001'", "token: abc");
        assertThatThrownBy(() -> Kubeconfig.parse(text, null, false)).hasMessageContaining("must begin with https://");
        assertThat(Kubeconfig.parse(text, null, true).server()).hasToString("http://k:8001");
    }

    @Test
    void namesTheMissingContext() {
        assertThatThrownBy(() -> Kubeconfig.parse(config("server: 'https://k'", "token: t"), "prod", false))
                .hasMessage(
                        "The kubeconfig has nothing named 'prod' in its contexts. Name one that is there, or export it"
                                + " with kubectl config view --flatten --minify.");
    }

    @Test
    void neverShowsASecret() {
        ClusterAccess access =
                ClusterAccess.at("https://k").withToken("s3cret-token").done();
        assertThat(access.toString()).doesNotContain("s3cret");
        assertThatThrownBy(() ->
                        ClusterAccess.at("https://k").withToken("s3cret token").done())
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesAnAddressWithAUserInIt() {
        assertThatThrownBy(() -> ClusterAccess.at("https://user:pw@k").done()).hasMessageNotContaining("pw");
    }
}
