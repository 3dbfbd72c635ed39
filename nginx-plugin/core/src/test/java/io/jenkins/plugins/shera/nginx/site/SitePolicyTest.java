package io.jenkins.plugins.shera.nginx.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SitePolicyTest {
    @Test
    void takesWhatPeopleWriteForUpstreamsOutsideOfContainers() {
        assertThatCode(
                        () -> SitePolicy.check(
                                Map.of(
                                        "erp.conf",
                                        """
                        # the old machines
                        upstream erp { least_conn; server 10.0.0.1:8080 weight=2; server 10.0.0.2:8080 backup; keepalive 8; }
                        map $http_x_kind $kind { default a; ~^b "b;}"; include_me x; }
                        limit_req_zone $binary_remote_addr zone=erp:1m rate=10r/s;
                        server {
                            listen 8080;
                            server_name erp.example.com;
                            access_log off;
                            location / { limit_req zone=erp; proxy_pass http://erp; proxy_set_header Host $host; }
                            location = /health { return 200 "ok"; }
                        }
                        """)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include /etc/passwd;",
                "server { include /etc/shadow; }",
                "map $a $b { include /etc/shadow; }",
                "server { root /; }",
                "server { location / { alias /root/; } }",
                "access_log /etc/cron.d/x;",
                "server { access_log syslog:server=10.0.0.1; }",
                "error_log /etc/cron.d/x;",
                "load_module /tmp/x.so;",
                "lua_code_cache off;",
                "server { content_by_lua_block { os.execute('id') } }",
                "perl_modules /tmp;",
                "server { ssl_certificate /etc/ssl/private/x; }",
                "server { listen unix:/run/x.sock; }",
                "server { location / { proxy_pass http://unix:/run/docker.sock:/; } }",
                "server { location / { fastcgi_pass unix:/run/php.sock; } }",
                "server { auth_basic_user_file /etc/shadow; }",
                "server { location / { proxy_store /etc/cron.d/x; } }",
                "proxy_cache_path /etc/x keys_zone=a:1m;",
                "client_body_temp_path /etc;",
                "user root;",
                "map $host $shera_site { default x; }",
                "server { set $shera_route x; }",
                "server { listen 80; ",
                "}",
            })
    void refusesWhatWouldReachTheNodeItself(String text) {
        assertThatThrownBy(() -> SitePolicy.check(Map.of("a.conf", text)))
                .isInstanceOf(InvalidSiteException.class)
                .hasMessageContaining("a.conf:1");
    }

    @Test
    void aListTakesAndGivesOnlyHarmlessDirectivesAndTravels() throws Exception {
        SiteAllowance list = SiteAllowance.of(
                "retail", List.of("mirror", "auth_request_set", "include", "load_module"), List.of("return"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(list);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            SiteAllowance there = (SiteAllowance) in.readObject();
            assertThatCode(() -> SitePolicy.check(Map.of("a.conf", "server { mirror /m; }"), there))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> SitePolicy.check(Map.of("a.conf", "\nserver { return 200; }"), there))
                    .hasMessageContaining("a.conf:2: the directive 'return'")
                    .hasMessageContaining(
                            "tenant 'retail' (its list: the usual directives, also auth_request_set mirror,"
                                    + " without return)");
            assertThatThrownBy(() -> SitePolicy.check(Map.of("a.conf", "include /etc/passwd;"), there))
                    .hasMessageContaining("'include'")
                    .hasMessageContaining("operator of the nodes");
            assertThatThrownBy(() ->
                            SitePolicy.check(Map.of("a.conf", "server { auth_request_set $shera_route x; }"), there))
                    .hasMessageContaining("$shera_");
            assertThatThrownBy(() -> EditPolicy.check(
                            "routes.conf", "server { listen 80; }", "server { listen 80; return 200; }", there))
                    .hasMessageContaining("routes.conf:1: the directive 'return'");
        }
        assertThatThrownBy(() -> SitePolicy.check(Map.of("a.conf", "server { mirror /m; }")))
                .as("nobody else has it")
                .isInstanceOf(InvalidSiteException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.conf", "a", "A.conf", ".conf", "a/b.conf", "a\n.conf", "00-shera-site.CONF"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> SitePolicy.check(Map.of(name, "")))
                .isInstanceOf(InvalidSiteException.class)
                .hasMessageContaining("cannot be the name of a file");
    }

    @Test
    void refusesTooMuch() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 51; i++) {
            many.put("a" + i + ".conf", "");
        }
        assertThatThrownBy(() -> SitePolicy.check(many)).hasMessageContaining("more than 50");
        assertThatThrownBy(() -> SitePolicy.check(Map.of("a.conf", "#" + "x".repeat(600_000))))
                .hasMessageContaining("512 KiB");
    }

    @Test
    void everyPushIsKeptAndNobodyWritesOverAnother(@TempDir Path folder) throws Exception {
        SiteHistory history = new SiteHistory(folder.resolve("edge"));
        assertThat(history.latest()).isEmpty();
        history.append(0, "ada", "first", Map.of("a.conf", "# 1"));
        history.append(1, "bob", "", Map.of("a.conf", "# 2"));

        assertThatThrownBy(() -> history.append(1, "eve", "", Map.of())).isInstanceOf(FileAlreadyExistsException.class);
        SiteHistory again = new SiteHistory(folder.resolve("edge"));
        assertThat(again.latest().orElseThrow().who()).isEqualTo("bob");
        assertThat(again.read(1).orElseThrow().files()).containsEntry("a.conf", "# 1");
        assertThat(again.newest(1)).hasSize(1);
    }
}
