package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommand;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.cli.RouteRulesCommand;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The rules of a route from a build, a program, a command and a person to the answers of a real nginx. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class RouteRulesTest {
    private static final String PASSWORD = "open-sesame-4711";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RealNginx nginx;
    private RealNginx second;
    private TwoTenants tenants;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        nginx = RealNginx.start(Files.createDirectory(folder.resolve("one")));
        tenants = new TwoTenants(rule, nginx.tlsPort());
        tenants.nodes(nginx);
    }

    @AfterEach
    void stop() throws Exception {
        for (RealNginx one : new RealNginx[] {nginx, second}) {
            if (one != null) {
                one.close();
            }
        }
    }

    @Test
    void rulesComeFromBuildsProgramsCommandsAndPeople(Page page) throws Exception {
        aBuildPublishesWithRulesAndPasswordsStayWithJenkins();
        aProgramChangesThemAndTheNextBuildKeepsThem();
        aCommandTakesThemAway();
        aPersonFillsInTheForm(page);
        whatOneNodeRefusesIsOnNone();
    }

    private void aBuildPublishesWithRulesAndPasswordsStayWithJenkins() throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(jenkins.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new UsernamePasswordCredentialsImpl(
                                    CredentialsScope.GLOBAL, "staff", "", "anna", PASSWORD));
        }
        WorkflowRun run = tenants.run(
                "publish",
                "retail",
                publish("rules: [users: 'staff', realm: 'shop staff', responseHeaders: 'X-Frame-Options: DENY',"
                        + " redirects: '/old /new 302']"));

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogNotContains(PASSWORD, run);
        assertThat(ask("/", null)).startsWith("HTTP/1.1 401").contains("Basic realm=\"shop staff\"");
        assertThat(ask("/", "anna:" + PASSWORD)).startsWith("HTTP/1.1 502").contains("X-Frame-Options: DENY");
        assertThat(ask("/", "anna:guess")).startsWith("HTTP/1.1 401");
        assertThat(ask("/old", null)).startsWith("HTTP/1.1 302");
        String shown = tenants.get("dev", "shera/tenant/retail/nginx/nodes?cluster=edge")
                        .body()
                + tenants.get("dev", "shera/tenant/retail/nginx/download?cluster=edge")
                        .body();
        assertThat(shown).contains("\"users\":\"staff\"").doesNotContain("$6$").doesNotContain(PASSWORD);

        WorkflowRun refused = tenants.run("refused", "retail", publish("rules: [requestHeaders: 'Host: evil']"));
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        jenkins.assertLogContains("The request header Host is set by nginx itself", refused);
    }

    private void aProgramChangesThemAndTheNextBuildKeepsThem() throws Exception {
        assertThat(rule(
                                "dev",
                                "retail",
                                Map.of(
                                        "deny",
                                        "127.0.0.1",
                                        "maxBody",
                                        "20m",
                                        "balance",
                                        "header X-User",
                                        "stickyCookie",
                                        "SRV",
                                        "maxFails",
                                        3))
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask("/", null)).startsWith("HTTP/1.1 403");
        JsonNode told = tenants.json("reader", "shera/tenant/retail/nginx/nodes?cluster=edge")
                .at("/nodes/0/routes/0/routeRules");
        assertThat(told.path("maxBody").asText()).isEqualTo("20m");
        assertThat(told.path("balance").asText()).isEqualTo("header X-User");
        assertThat(told.path("stickyCookie").asText()).isEqualTo("SRV");
        assertThat(told.path("maxFails").asInt()).isEqualTo(3);
        assertThat(told.path("deny").asText()).isEqualTo("127.0.0.1");
        assertThat(told.path("users").asText()).isEmpty();

        jenkins.assertBuildStatus(Result.SUCCESS, tenants.run("again", "retail", publish("path: '/'")));
        assertThat(ask("/", null)).startsWith("HTTP/1.1 403");

        assertThat(rule("reader", "retail", Map.of()).statusCode()).isEqualTo(403);
        assertThat(rule("dev", "bank", Map.of()).body()).contains("There is no route of bank.shop.dev");
        assertThat(rule("dev", "retail", Map.of("allow", "everybody")).statusCode())
                .isEqualTo(422);
        assertThat(rule("dev", "retail", Map.of("alow", "10.0.0.1")).body()).contains("alow");
        assertThat(rule("dev", "retail", Map.of("users", "nobody")).body()).contains("nobody");
        assertThat(ask("/", null)).startsWith("HTTP/1.1 403");
    }

    private void aCommandTakesThemAway() throws Exception {
        assertThat(command("reader", "{}")).startsWith("1 ").contains("SheRa/Route");
        assertThat(command("dev", "no json")).startsWith("1 ").contains("is not JSON");
        assertThat(command("dev", "{}")).isEqualTo("0 ");
        assertThat(ask("/", null)).startsWith("HTTP/1.1 502");
    }

    private void aPersonFillsInTheForm(Page page) throws Exception {
        String address = jenkins.getURL() + "shera/tenant/retail/nginx/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(address + "#edge").see("summary", "shop.example.com");
        page.click("button[aria-label='Rules of shop.example.com/']").see("form", "Request headers");
        page.type("form textarea[name=responseHeaders]", "X-Robots-Tag: none");
        page.type("form input[name=requestsPerSecond]", "no number");
        page.click("form button[type=submit]").see("form", "whole number");
        page.type("form input[name=requestsPerSecond]", "50").see(".shera-byhand", "requestsPerSecond");
        page.assertAccessible("#shera-page");
        page.photograph("rules-form-light");
        page.click("form button[type=submit]").see(".shera-pill", "rules");
        assertThat(ask("/", null)).contains("X-Robots-Tag: none");
        page.look(Theme.DARK, "en").open(address + "?d#edge").see(".shera-pill", "rules");
        page.click("button[aria-label='Rules of shop.example.com/']").see("form", "Request headers");
        page.photograph("rules-form-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(address + "?z#edge").see(".shera-pill", "有规则");
        page.click(".shera-ng__tree button").see("form", "请求头").photograph("rules-form-zh");
        page.open(jenkins.getURL() + "shera/tenant/retail/application/shop/routes/")
                .see(".shera-pill", "有规则");
    }

    private void whatOneNodeRefusesIsOnNone() throws Exception {
        second = RealNginx.start(Files.createDirectory(folder.resolve("two")));
        NginxCluster both = tenants.nodes(nginx, second);
        // Both are on this machine, so the second one's port is another.
        Route shown =
                new NginxNode(nginx.installation()).routes().routes().iterator().next();
        new NginxNode(second.installation())
                .publish(new Route(
                        shown.owner(),
                        shown.host(),
                        second.port(),
                        shown.path(),
                        shown.members(),
                        null,
                        shown.rules()));
        Path main = second.installation().mainConfig();
        Files.writeString(main, Files.readString(main).replace("access_log off;", "no_such_directive on;"));

        HttpResponse<String> said = rule("dev", "retail", Map.of("deny", "127.0.0.1"));

        assertThat(both.getNodes()).hasSize(2);
        assertThat(said.statusCode()).isEqualTo(409);
        assertThat(said.body()).contains("did not take the rules, so every node keeps what it had");
        assertThat(ask("/", null)).startsWith("HTTP/1.1 502").contains("X-Robots-Tag: none");
    }

    private static String publish(String more) {
        return "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com',"
                + " members: ['127.0.0.1:9'], " + more + ")";
    }

    private HttpResponse<String> rule(String user, String tenant, Map<String, Object> rules) throws Exception {
        Map<String, Object> body = new HashMap<>(rules);
        body.putAll(Map.of("nginx", "edge", "application", "shop", "environment", "dev"));
        return tenants.post(user, "shera/tenant/" + tenant + "/nginx/rules", body);
    }

    private static String command(String user, String input) throws Exception {
        CLICommand command = new RouteRulesCommand();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2());
                PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            command.setTransportAuth2(User.getById(user, true).impersonate2());
            int code = command.main(
                    List.of("retail", "edge", "shop", "dev"),
                    Locale.ENGLISH,
                    new ByteArrayInputStream(input.getBytes(StandardCharsets.US_ASCII)),
                    print,
                    print);
            return code + " " + out.toString(StandardCharsets.UTF_8);
        }
    }

    private String ask(String path, String login) throws Exception {
        String authorization = login == null
                ? ""
                : "Authorization: Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", nginx.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: shop.example.com\r\n" + authorization
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
