package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommand;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.certificates.TwoTenants;
import io.jenkins.plugins.shera.nginx.cli.RemoveRouteCommand;
import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Routes of two tenants on two real nginx are taken away by a build, a program, a command and a person. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class RemoveRouteTest {
    @TempDir
    Path folder;

    private final List<RealNginx> nodes = new ArrayList<>();
    private JenkinsRule jenkins;
    private TwoTenants tenants;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        for (String name : List.of("one", "two")) {
            nodes.add(RealNginx.start(Files.createDirectory(folder.resolve(name))));
        }
        tenants = new TwoTenants(rule, nodes.get(0).tlsPort());
        tenants.nodes(nodes.toArray(new RealNginx[0]));
        for (RealNginx nginx : nodes) {
            NginxNode node = new NginxNode(nginx.installation());
            int port = nginx.port();
            node.publish(route("retail", "shop", "shop.example.com", port, "/"));
            node.publish(route("retail", "gone", "shop.example.com", port, "/gone"));
            node.publish(route("bank", "shop", "bank.example.com", port, "/"));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (RealNginx nginx : nodes) {
            nginx.close();
        }
    }

    @Test
    void aBuildTakesOnlyItsTenantsRouteAndItsShareAway() throws Exception {
        for (RealNginx nginx : nodes) {
            new NginxNode(nginx.installation()).weigh(weight(30, 0));
        }
        WorkflowRun foreign = tenants.run("foreign", "retail", "removeRoute(host: 'bank.example.com')");
        jenkins.assertBuildStatus(Result.FAILURE, foreign);
        jenkins.assertLogContains(
                "There is no route bank.example.com/ of this tenant on the nginx cluster edge", foreign);
        jenkins.assertLogContains("shop.example.com:" + port() + "/gone", foreign);
        jenkins.assertLogNotContains("bank.example.com:", foreign);

        WorkflowRun run = tenants.run(
                "remove",
                "retail",
                "def r = removeRoute(host: 'shop.example.com', nginx: 'edge')\n"
                        + "echo \"${r.application} in ${r.environment} from ${r.nodes} was ${r.url}\"");

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("shop in dev from 2 was http://shop.example.com:" + port() + "/", run);
        for (RealNginx nginx : nodes) {
            NginxNode node = new NginxNode(nginx.installation());
            assertThat(owners(node)).containsExactly("bank.shop.dev", "retail.gone.dev");
            assertThat(node.weights().weights()).isEmpty();
            assertThat(node.drift().isNone()).isTrue();
        }
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            assertThat(Timelines.get()
                            .of(SheraConfiguration.get().application("retail", "shop"))
                            .page(Long.MAX_VALUE, 50, null)
                            .entries())
                    .anySatisfy(entry -> assertThat(entry.title(Locale.ENGLISH))
                            .isEqualTo("Route http://shop.example.com:" + port() + "/ removed"));
        }

        WorkflowRun again = tenants.run("again", "retail", "removeRoute(host: 'shop.example.com')");
        jenkins.assertBuildStatus(Result.FAILURE, again);
        jenkins.assertLogContains("There are: shop.example.com:" + port() + "/gone", again);

        HttpResponse<String> program =
                post("dev", Map.of("nginx", "edge", "host", "shop.example.com", "path", "/gone"));
        assertThat(program.statusCode()).as("its application is not configured").isEqualTo(200);
        WorkflowRun last = tenants.run("last", "retail", "removeRoute(host: 'shop.example.com')");
        jenkins.assertLogContains("tenant retail has no route there at all", last);
    }

    @Test
    void whatARolloutHoldsAHandEditedOrANodeRefusesStaysOnAll() throws Exception {
        Map<String, Object> wish = new HashMap<>(Map.of("nginx", "edge", "host", "shop.example.com", "port", port()));
        assertThat(post("reader", wish).statusCode()).isEqualTo(403);
        NginxNode second = new NginxNode(nodes.get(1).installation());
        second.weigh(Weight.of(
                RouteOwner.of("retail", "shop", "dev"),
                0,
                List.of(CanaryRule.of(false, "X-Beta", "1")),
                List.of(Member.of("127.0.0.1", 8, 1)),
                "shop-7",
                4));
        HttpResponse<String> held = post("dev", wish);
        assertThat(held.statusCode()).isEqualTo(422);
        assertThat(held.body()).contains("The rollout shop-7 holds the canary", "abortRollout(application: 'shop'");
        second.weigh(Weight.none(RouteOwner.of("retail", "shop", "dev"), "shop-7", 5));
        assertThat(post("dev", Map.of("nginx", "edge", "host", "shop.example.com", "port", 9))
                        .body())
                .contains("There is no route shop.example.com:9/");

        Path lines = nodes.get(1).installation().folder().resolve("current/routes.conf");
        Files.writeString(
                lines, Files.readString(lines).replace("location /gone {", "location /gone {\n    # by hand"));
        String edited = Files.readString(lines);
        assertThat(edited).contains("# by hand");
        assertThat(command("dev", "retail", "shop.example.com", "-path", "/gone"))
                .startsWith("1 ")
                .contains("somebody changed by hand what this change has to write, near: # by hand");
        assertThat(Files.readString(lines)).isEqualTo(edited);
        assertThat(owners(new NginxNode(nodes.get(0).installation()))).contains("retail.gone.dev");

        Path main = nodes.get(1).installation().mainConfig();
        second.overwrite();
        Files.writeString(main, Files.readString(main).replace("access_log off;", "no_such_directive on;"));
        String refused = command("dev", "retail", "shop.example.com");
        assertThat(refused)
                .startsWith("1 ")
                .contains("was not removed from node built-in-2 of nginx cluster edge, so every node has it as before")
                .contains("no_such_directive");
        assertThat(owners(new NginxNode(nodes.get(0).installation()))).contains("retail.shop.dev");
        assertThat(owners(second)).contains("retail.shop.dev");
    }

    @Test
    void aPersonReadsWhatStopsAndTakesItAway(Page page) throws Exception {
        String address = jenkins.getURL() + "shera/tenant/retail/nginx/";
        String button = "button[aria-label='Remove: shop.example.com/gone']";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "reader", "reader");
        page.open(address + "#edge").see("code", "/gone");
        assertThat(page.texts(button)).isEmpty();
        page.signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(address + "?1#edge").see(button).photograph("remove-light");
        page.click(button).see("dialog[open]", "They go to shop (dev) then");
        page.see("dialog[open]", "http://shop.example.com:" + port() + "/gone");
        page.assertAccessible("dialog").photograph("remove-ask-light");
        page.look(Theme.DARK, "en").open(address + "?2#edge").click(button).see("dialog[open]");
        page.assertAccessible("dialog").photograph("remove-ask-dark");
        page.look(Theme.LIGHT, "zh-CN").open(address + "?3#edge").see("code", "/gone");
        page.click("button[aria-label='移除: shop.example.com/gone']").see("dialog[open]", "移除路由");
        page.photograph("remove-ask-zh");
        page.look(Theme.LIGHT, "en").open(address + "?4#edge").click(button).see("dialog[open]");
        page.click("dialog .jenkins-button--primary, dialog button[type=submit]");
        page.until("taken away", "![...document.querySelectorAll('code')].some(one => one.textContent === '/gone')");
        for (RealNginx nginx : nodes) {
            assertThat(owners(new NginxNode(nginx.installation()))).containsExactly("bank.shop.dev", "retail.shop.dev");
        }
        page.assertClean();
    }

    private int port() {
        return nodes.get(0).port();
    }

    private static Route route(String tenant, String application, String host, int port, String path) throws Exception {
        return Route.of(
                RouteOwner.of(tenant, application, "dev"), host, port, path, List.of(Member.of("127.0.0.1", 9, 1)));
    }

    private static Weight weight(int percent, long generation) throws Exception {
        return Weight.of(
                RouteOwner.of("retail", "shop", "dev"),
                percent,
                List.of(),
                List.of(Member.of("127.0.0.1", 8, 1)),
                "by hand",
                generation);
    }

    private static List<String> owners(NginxNode node) throws Exception {
        return node.routes().routes().stream().map(one -> one.owner().id()).toList();
    }

    private HttpResponse<String> post(String user, Map<String, Object> body) throws Exception {
        return tenants.post(user, "shera/tenant/retail/nginx/removeRoute", body);
    }

    private static String command(String user, String... arguments) throws Exception {
        CLICommand command = new RemoveRouteCommand();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2());
                PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            command.setTransportAuth2(User.getById(user, true).impersonate2());
            int code = command.main(
                    List.of(arguments), Locale.ENGLISH, new ByteArrayInputStream(new byte[0]), print, print);
            return code + " " + out.toString(StandardCharsets.UTF_8);
        }
    }
}
