package io.jenkins.plugins.shera.nginx.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.TenantDirectives;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.access.AccessDeniedException;

/** An administrator says which directives the own files of a tenant may have. */
@WithJenkins
class TenantDirectivesTest extends NgFrontRig {
    @Test
    void aTenantPushesWhatItsListHasAndIsToldWhatNotAndWhoMayChangeIt() throws Exception {
        new NginxNode(nodes.get(1).installation()).overwrite();
        assertThat(push(0, "mirror off;"))
                .contains(
                        "erp.conf:1: the directive 'mirror' is not among those that may be pushed by tenant 'retail'",
                        "its list: the usual directives)",
                        "SheRa/Administer");

        set(list("retail", "mirror auth_request", "etag"));
        assertThat(push(0, "mirror off;")).contains("\"message\"");
        for (var nginx : nodes) {
            assertThat(new NginxNode(nginx.installation()).siteFiles()).containsEntry("erp.conf", "mirror off;");
        }
        assertThat(push(1, "etag off;"))
                .contains("'etag'", "its list: the usual directives, also auth_request mirror, without etag)");
        assertThat(push(1, "include /etc/passwd;"))
                .contains("'include' is not among those that may be pushed. Leave it out, or ask the operator");

        set();
        assertThat(push(1, "etag off;"))
                .as("the nodes take what is allowed in place of what was and is not any more")
                .contains("\"message\"");
    }

    @Test
    void noListHasWhatReachesTheNode() throws Exception {
        for (String hostile : List.of(
                "include",
                "load_module",
                "content_by_lua_block",
                "js_import",
                "perl_modules",
                "error_log",
                "root",
                "alias",
                "ssl_certificate",
                "auth_basic_user_file",
                "proxy_cache_path",
                "fastcgi_pass",
                "user",
                "worker_processes",
                "Mirror",
                "mirror\u0000x",
                "no_such_directive")) {
            assertThatThrownBy(() -> set(list("retail", hostile, "")))
                    .as(hostile)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("cannot be on the list of tenant retail");
        }
        assertThatThrownBy(() -> set(list("../x", "mirror", ""))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> set(list("retail", "mirror", ""), list("retail", "", "")))
                .hasMessageContaining("two lists");
        try (ACLContext as = ACL.as2(User.getById("dev", true).impersonate2())) {
            assertThatThrownBy(() -> NginxConfiguration.get().setDirectives(List.of(list("retail", "mirror", ""))))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(NginxConfiguration.get().getDirectives()).isEmpty();
    }

    @Test
    void settingsOfBeforeHaveTheUsualDirectivesAndThoseOfAHandNothingUnsafe() throws Exception {
        Path file = jenkins.jenkins
                .getRootDir()
                .toPath()
                .resolve("io.jenkins.plugins.shera.nginx.config.NginxConfiguration.xml");
        List<String> clusters = NginxConfiguration.get().getClusters().stream()
                .map(NginxCluster::getId)
                .toList();
        String saved = Files.readString(file);
        assertThat(saved).contains("<directives/>");
        Files.writeString(file, saved.replace("<directives/>", ""));
        NginxConfiguration.get().load();
        assertThat(NginxConfiguration.get().getClusters())
                .extracting(NginxCluster::getId)
                .isEqualTo(clusters);
        assertThat(check("etag off;")).contains("\"message\"");
        assertThat(check("mirror off;")).contains("'mirror' is not among those");

        String hand = "<io.jenkins.plugins.shera.nginx.config.TenantDirectives><tenant>retail</tenant><more>"
                + "<string>include</string><string>root</string><string>mirror</string></more>"
                + "</io.jenkins.plugins.shera.nginx.config.TenantDirectives>";
        Files.writeString(file, saved.replace("<directives/>", "<directives>" + hand + "</directives>"));
        NginxConfiguration.get().load();
        assertThat(NginxConfiguration.get().getDirectives()).hasSize(1);
        assertThat(check("include /etc/passwd;")).contains("'include' is not among those");
        assertThat(check("root /;")).contains("'root' is not among those");
        assertThat(check("mirror off;")).contains("\"message\"");
    }

    private String check(String text) throws Exception {
        return answer("checkSite", "\"files\":{\"erp.conf\":\"" + text + "\"}");
    }

    private String push(int base, String text) throws Exception {
        return answer("pushSite", "\"base\":" + base + ",\"files\":{\"erp.conf\":\"" + text + "\"}");
    }

    private String answer(String what, String rest) throws Exception {
        return new String(post("dev", what, "{\"nginx\":\"edge\"," + rest + "}").body(), StandardCharsets.UTF_8);
    }

    private static TenantDirectives list(String tenant, String more, String fewer) {
        TenantDirectives list = new TenantDirectives(tenant);
        list.setMore(more);
        list.setFewer(fewer);
        return list;
    }

    private static void set(TenantDirectives... lists) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setDirectives(List.of(lists));
        }
    }
}
