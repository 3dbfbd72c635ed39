package io.jenkins.plugins.shera.nginx.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Fate;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Note;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.node.Takeover;
import io.jenkins.plugins.shera.nginx.node.TreeReader;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that people wrote is taken over from a real nginx, which answers as it did. */
class ImportTest {
    private static final String TOLD = "proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr;\n"
            + "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; # for the shop's statistics\n"
            + "proxy_set_header X-Forwarded-Proto $scheme;\n";

    @TempDir
    Path folder;

    private static Choices choices(boolean unknownHosts, boolean dropLogs, String... taken) {
        return new Choices(unknownHosts, dropLogs, Set.of(taken));
    }

    private static ImportPlan plan(String http, RouteSet published, Choices choices) throws Exception {
        ConfigTree tree = ConfigTree.of(Map.of(
                "nginx/nginx.conf", "events {}\nhttp { include conf.d/*.conf; }\n",
                "nginx/conf.d/a.conf", http,
                "nginx/told", TOLD));
        return new Importer(tree, "", published, "retail", choices, SiteAllowance.usual()).plan();
    }

    private static String why(String http, Choices choices) throws Exception {
        return plan(http, RouteSet.of(List.of()), choices).notes().stream()
                .filter(note -> note.what().equals("server"))
                .map(note -> note.fate() + " " + note.reason())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void answersAsItDidOnceItWasTakenOver() throws Exception {
        HttpServer echo = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        echo.createContext("/", exchange -> {
            String seen = exchange.getRequestURI()
                    + exchange.getRequestHeaders().entrySet().stream()
                            .filter(each -> each.getKey().matches("Host|X-.*|Accept"))
                            .map(Object::toString)
                            .sorted()
                            .toList()
                            .toString();
            byte[] body = seen.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/gone") ? 410 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        echo.start();
        try (RealNginx nginx = RealNginx.start(folder)) {
            write(nginx, echo.getAddress().getPort());
            List<String> before = answers(nginx);
            assertThat(before.get(0)).as("the test asks for something").contains("200 OK", "X-real-ip=[127.0.0.1]");

            ImportPlan plan = new Importer(
                            TreeReader.read(nginx.installation()),
                            nginx.installation().folder().toString(),
                            RouteSet.of(List.of()),
                            "retail",
                            choices(false, false, "shop.example.com /", "shop.example.com = /health"),
                            SiteAllowance.usual())
                    .plan();

            assertThat(plan.drafts()).hasSize(2).allMatch(ImportPlan.Candidate::taken);
            assertThat(plan.notes().stream()
                            .filter(note -> note.fate() == Fate.STAYS)
                            .map(Note::what))
                    .contains("access_log off", "events", "server");
            assertThat(String.join("", plan.files().values()))
                    .as("no comment is lost")
                    .contains(
                            "# The shop, since 2019.",
                            "# plain",
                            "# for the shop's statistics",
                            "# legacy",
                            "# the end")
                    .doesNotContain("static.example.com", "proxy_pass");
            String shop = folder.resolve("conf.d/10-shop.conf").toString();
            assertThat(plan.stays()).containsEntry(shop, "");

            List<Route> routes = new ArrayList<>();
            for (ImportPlan.Candidate one : plan.drafts()) {
                String application = one.draft().path().equals("/") ? "shop" : "health";
                routes.add(one.draft().of(RouteOwner.of("retail", application, "dev")));
            }
            Takeover takeover = new Takeover(nginx.installation());
            assertThat(new Clashes(TreeReader.read(nginx.installation()), "").with(routes, plan.files()))
                    .as("it is still there")
                    .anyMatch(line -> line.contains("shop.example.com:" + nginx.port() + " in " + shop));
            for (Map.Entry<String, String> left : plan.stays().entrySet()) {
                if (left.getValue().isEmpty()) {
                    Files.delete(Path.of(left.getKey()));
                } else {
                    Files.writeString(Path.of(left.getKey()), left.getValue());
                }
            }
            takeover.test(routes, List.of(), plan.files(), SiteAllowance.usual());
            assertThat(answers(nginx)).as("a test changes nothing").isEqualTo(before);
            takeover.put(routes, List.of(), plan.files(), SiteAllowance.usual());

            assertThat(answers(nginx)).isEqualTo(before);
            NginxNode node = new NginxNode(nginx.installation());
            assertThat(node.drift().isNone()).as(node.drift().toString()).isTrue();
            assertThat(node.routes().routes()).hasSize(2);
            assertThat(node.siteFiles()).isEqualTo(plan.files());
            refusesWhatNginxRefusesAndGoesBack(nginx, takeover, before, plan);
        } finally {
            echo.stop(0);
        }
    }

    private static void refusesWhatNginxRefusesAndGoesBack(
            RealNginx nginx, Takeover takeover, List<String> before, ImportPlan plan) throws Exception {
        Route more = Route.of(
                RouteOwner.of("retail", "more", "dev"),
                "more.example.com",
                nginx.port(),
                "/",
                List.of(Member.of("127.0.0.1", 9, 1)));
        Map<String, String> bad = new TreeMap<>(plan.files());
        bad.put("bad.conf", "server { listen 999999; }");
        assertThatThrownBy(() -> takeover.put(List.of(more), List.of(), bad, SiteAllowance.usual()))
                .isInstanceOf(Rollover.RefusedException.class);
        assertThat(answers(nginx)).isEqualTo(before);
        assertThat(new NginxNode(nginx.installation()).siteFiles()).isEqualTo(plan.files());
        assertThat(new NginxNode(nginx.installation()).drift().isNone()).isTrue();

        takeover.put(List.of(more), List.of(), Map.of(), SiteAllowance.usual());
        assertThat(nginx.ask("legacy.example.com", "/")).contains("404 Not Found");
        takeover.back(
                new NginxNode(nginx.installation())
                        .routes()
                        .without(more.owner())
                        .routes(),
                plan.files());
        assertThat(answers(nginx)).isEqualTo(before);
    }

    private void write(RealNginx nginx, int echo) throws Exception {
        Path main = nginx.installation().mainConfig();
        Path parts = Files.createDirectories(folder.resolve("conf.d"));
        String listen = "listen " + nginx.port();
        Files.writeString(folder.resolve("told"), TOLD);
        Files.writeString(
                parts.resolve("00-default.conf"),
                "server { " + listen + " default_server; server_name _; return 404; }\n");
        Files.writeString(
                parts.resolve("10-shop.conf"),
                """
                # The shop, since 2019. Ask before touching it.
                upstream shop { least_conn; server 127.0.0.1:%1$d weight=3; server 127.0.0.1:%1$d; keepalive 8; }
                server {
                    %2$s;   # plain
                    server_name shop.example.com;
                    location = /old { return 302 /new; }
                    location = /health { include told; proxy_pass http://shop; proxy_set_header X-Probe yes; }
                    location / { include told; proxy_pass http://shop; client_max_body_size 2m; proxy_read_timeout 1m; }
                }
                # the end
                """
                        .formatted(echo, listen));
        Files.writeString(
                parts.resolve("20-legacy.conf"),
                """
                # legacy
                map $arg_v $legacy { default one; 2 two; }
                server { %s; server_name legacy.example.com *.legacy.example.com;
                  location ~ "\\.php$" { return 403; }
                  location / { add_header X-V $legacy; return 200 "legacy $legacy {really}\\n"; } }
                """
                        .formatted(listen));
        Files.writeString(
                parts.resolve("30-static.conf"),
                "server { " + listen + "; server_name static.example.com; root " + folder
                        + "; location / { autoindex off; } }\n");
        Files.writeString(
                main, Files.readString(main).replace("    include ", "    include conf.d/*.conf;\n    include "));
        nginx.reload();
        for (int i = 0; i < 200 && !nginx.isListening(); i++) {
            Thread.sleep(50);
        }
    }

    private static List<String> answers(RealNginx nginx) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String[] each : new String[][] {
            {"shop.example.com", "/a?b=c"}, {"shop.example.com", "/old"}, {"shop.example.com", "/health"},
            {"shop.example.com", "/gone"}, {"shop.example.com", "/a//b/../%7Ec"}, {"legacy.example.com", "/?v=2"},
            {"x.legacy.example.com", "/"}, {"legacy.example.com", "/a.php"}, {"static.example.com", "/told"},
            {"static.example.com", "/none"}, {"unknown.example.com", "/"}, {"SHOP.example.com", "/"}
        }) {
            answers.add(nginx.ask(each[0], each[1]).replaceAll("(?m)^(Date|Last-Modified):.*\\R", ""));
        }
        return answers;
    }

    @Test
    void tellsWhyAServerIsNoRoute() throws Exception {
        String good = "include told; proxy_pass http://10.0.0.5; proxy_redirect off;";
        Choices open = choices(true, false);
        String head = "server { listen 80; server_name a.example.com; ";
        assertThat(why(head + "location / { " + good + " } }", choices(false, false)))
                .contains("OWN_FILE", "requests for unknown hosts at port 80 go to a.example.com today");
        assertThat(why(head + "location / { " + good + " } }", open)).contains("it can be a route once");
        assertThat(why(head + "location / { " + good.replace("include told;", "") + " } }", open))
                .contains("the application is not told host");
        assertThat(why(head + "location / { " + good.replace("proxy_redirect off;", "") + " } }", open))
                .contains("Say 'proxy_redirect off;'");
        assertThat(why(head + "location ~ a { " + good + " } }", open)).contains("regular expression");
        assertThat(why(head + "location / { " + good + " gzip on; } }", open)).contains("says gzip");
        assertThat(why(head + "listen [::]:80; location / { " + good + " } }", open))
                .contains("IPv6");
        assertThat(why(head + "location / { " + good.replace("10.0.0.5", "erp.example.com") + " } }", open))
                .contains("is a name, which nginx looks up");
        assertThat(why(head + "root /srv; location / { } }", open)).contains("STAYS", "'root' is not among those");
        assertThat(why(head + "location / { " + good + " proxy_set_header Authorization abc; } }", open))
                .contains("may be a secret");
        assertThat(why(head + "access_log /var/log/a.log; location / { " + good + " } }", open))
                .contains("STAYS", "A log is a file of the node");
        assertThat(why(head + "access_log /var/log/a.log; location / { " + good + " } }", choices(true, true)))
                .contains("it can be a route once");
    }

    @Test
    void readsAServerOfTlsWithTheOneThatLeadsThere() throws Exception {
        String both =
                """
                server { listen 80; server_name a.example.com; return 301 https://$host$request_uri; }
                server { listen 443 ssl http2; server_name a.example.com; ssl_certificate /etc/ssl/a.pem;
                  ssl_certificate_key /etc/ssl/a.key; ssl_protocols TLSv1.2 TLSv1.3;
                  add_header Strict-Transport-Security "max-age=600; includeSubDomains" always;
                  location / { include told; proxy_pass http://10.0.0.5:8080; proxy_redirect off; } }
                """;
        ImportPlan plan = plan(both, RouteSet.of(List.of()), choices(true, false, "a.example.com /"));
        Draft draft = plan.drafts().get(0).draft();
        assertThat(draft.tls()).isEqualTo(new Draft.DraftTls("/etc/ssl/a.pem", 443, 301, 600, true, true));
        assertThat(draft.port()).isEqualTo(80);
        assertThat(plan.files().get("imported-01-a.conf"))
                .contains("# for the shop")
                .doesNotContain("server");
        assertThat(plan.stays()).containsEntry("/etc/nginx/conf.d/a.conf", "");
        assertThat(why(both.substring(both.indexOf("server {", 5)), choices(true, false)))
                .contains("STAYS", "it speaks TLS alone");
    }

    @Test
    void leavesNamesOfOthersAndDefaultServersOfRoutesAlone() throws Exception {
        RouteSet published = RouteSet.of(List.of(Route.of(
                RouteOwner.of("bank", "vault", "dev"),
                "vault.example.com",
                80,
                "/",
                List.of(Member.of("10.0.0.9", 80, 1)))));
        ImportPlan plan = plan(
                "server { listen 80; server_name vault.example.com; return 200 a; }\n"
                        + "server { listen 80 default_server; server_name b.example.com; return 200 b; }\n",
                published,
                choices(true, true));
        assertThat(plan.files()).isEmpty();
        assertThat(plan.notes().stream().map(ImportPlan.Note::reason).toList().toString())
                .contains("belongs to another tenant", "claims the default server")
                .doesNotContain("vault/", "application 'vault'");
        assertThatThrownBy(() -> ConfigTree.of(Map.of("a.conf", ""))).hasMessageContaining("There is no nginx.conf");
    }
}
