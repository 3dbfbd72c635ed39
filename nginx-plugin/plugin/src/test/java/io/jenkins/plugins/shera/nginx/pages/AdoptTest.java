package io.jenkins.plugins.shera.nginx.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.drift.ClusterDrift;
import io.jenkins.plugins.shera.nginx.drift.DriftWatch;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.steps.ErrorWatch;
import io.jenkins.plugins.shera.nginx.steps.SitePush;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A hand edits one of three real nginx; a person adopts it on all, and lets go of it. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class AdoptTest {
    private static final String FRONT = "shera/tenant/retail/nginx/";
    private static final String EDIT = "client_max_body_size 7m;";

    @TempDir
    Path folder;

    private final List<RealNginx> nodes = new ArrayList<>();
    private JenkinsRule jenkins;
    private NginxCluster edge;
    private Folder retail;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        for (int i = 0; i < 3; i++) {
            nodes.add(RealNginx.start(Files.createDirectory(folder.resolve("n" + i))));
        }
        NgFrontRig.together(nodes, nginx -> publish(nodes.indexOf(nginx), "shop", "10.0.0.5"));
        edge = new NginxCluster("edge", nodes.stream().map(AdoptTest::settings).toList());
        edge.setTenants("retail");
        retail = rule.createProject(Folder.class, "retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Tenant tenant = new Tenant("retail");
            tenant.setFolder("retail");
            SheraConfiguration.get().setTenants(List.of(tenant));
            NginxConfiguration.get().setClusters(List.of(edge));
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW, SheraPermissions.ROUTE)
                .everywhere()
                .to("dev")
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("reader"));
    }

    @AfterEach
    void stop() throws Exception {
        for (RealNginx nginx : nodes) {
            nginx.close();
        }
    }

    @Test
    void aPersonSeesTheEditInThreeWaysAndAdoptsIt(Page page) throws Exception {
        edit(1, "shop.example.com;", "shop.example.com;\n    " + EDIT);
        String address = jenkins.getURL() + FRONT;
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(address + "#edge").see(".shera-ng__edited", EDIT);
        page.assertAccessible("#shera-page").photograph("adopt-light");
        page.look(Theme.DARK, "en").open(address + "?d#edge").see(".shera-ng__edited", EDIT);
        page.assertAccessible("#shera-page").photograph("adopt-dark");
        page.look(Theme.LIGHT, "zh-CN").open(address + "?z#edge").see(".shera-ng__edited", EDIT);
        page.photograph("adopt-zh");
        page.look(Theme.LIGHT, "en").open(address + "?o#edge").see(".shera-ng__edited", EDIT);
        page.click("td button").see("dialog[open]").photograph("adopt-ask");
        page.assertAccessible("dialog");
        page.click("dialog .jenkins-button--primary");
        page.until("all as intended", "document.querySelectorAll('.shera-pill--ok').length === 3");
        page.see(".shera-ng__other", "").photograph("adopt-done");
        page.assertClean();
        for (int i = 0; i < 3; i++) {
            assertThat(text(i)).contains(EDIT);
            publish(i, "vault", "10.0.0.6");
            assertThat(text(i)).contains(EDIT, "10.0.0.6");
            assertThat(node(i).drift().isNone()).isTrue();
        }

        assertThat(post("dev", "release", "{\"nginx\":\"edge\"}").statusCode()).isEqualTo(200);

        for (int i = 0; i < 3; i++) {
            assertThat(text(i)).doesNotContain(EDIT);
            assertThat(node(i).drift().isNone()).isTrue();
        }
    }

    @Test
    void isToldOnTheTimelineOnceAndSeenInTheList() throws Exception {
        Application shop = new Application("retail", "shop");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setApplications(List.of(shop));
        }
        DriftWatch.get().look();
        assertThat(entries(shop)).isEmpty();
        edit(1, "10.0.0.5", "10.0.0.55");

        DriftWatch.get().look();
        DriftWatch.get().look();

        assertThat(entries(shop)).singleElement().satisfies(entry -> {
            assertThat(entry.title()).isEqualTo("Changed by hand on node built-in-2 of nginx cluster edge");
            assertThat(entry.detail()).contains("10.0.0.55");
        });
        ClusterDrift seen = DriftWatch.get().of("edge").orElseThrow();
        assertThat(seen.drifted()).containsExactly("built-in-2");
        node(1).overwrite();
        DriftWatch.get().look();
        edit(1, "10.0.0.5", "10.0.0.55");
        DriftWatch.get().look();
        assertThat(entries(shop)).hasSize(2);
    }

    private static List<TimelineEntry> entries(Application application) throws Exception {
        return Timelines.get().of(application).page(Long.MAX_VALUE, 50, null).entries();
    }

    @Test
    void theTabRoutesTellsWhereAnApplicationIsReached(Page page) throws Exception {
        Application shop = new Application("retail", "shop");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setApplications(List.of(shop));
        }
        publish(0, "vault", "10.0.0.66");
        nodes.get(2).close();
        String address = jenkins.getURL() + "shera/tenant/retail/application/shop/routes/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "reader", "reader");
        page.open(address).see("td code", "http://shop.example.com").see("td", "10.0.0.5:80");
        page.until("no route of another application", "!document.body.textContent.includes('10.0.0.66')");
        page.assertAccessible("#shera-page").photograph("routes-light");
        page.look(Theme.DARK, "en").open(address + "?d").see("td code").photograph("routes-dark");
        page.look(Theme.LIGHT, "zh-CN").open(address + "?z").see("td code").photograph("routes-zh");
        page.width(420).photograph("routes-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }

    @Test
    void oneNodeThatCannotTakeItKeepsAllAsTheyWere() throws Exception {
        edit(1, "shop.example.com;", "shop.example.com;\n    " + EDIT);
        edit(2, "shop.example.com;", "shop.example.com;\n    client_max_body_size 9m;");

        HttpResponse<String> answer = post("dev", "adopt", "{\"nginx\":\"edge\",\"node\":\"built-in-2\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("built-in-3", "client_max_body_size 9m");
        assertThat(text(0)).doesNotContain("client_max_body_size");
        assertThat(node(0).drift().isNone()).isTrue();
    }

    @Test
    void whatMayNotBePushedIsNotAdoptedEither() throws Exception {
        edit(1, "shop.example.com;", "shop.example.com;\n    root /etc;");

        HttpResponse<String> answer = post("dev", "adopt", "{\"nginx\":\"edge\",\"node\":\"built-in-2\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("the directive 'root' is not among those that may be pushed");
        assertThat(text(0)).doesNotContain("root");
    }

    @Test
    void refusesWhoMayNotAndWhatIsNotThere() throws Exception {
        String known = "{\"nginx\":\"edge\",\"node\":\"built-in-1\"}";
        assertThat(post("reader", "adopt", known).statusCode()).isEqualTo(403);
        assertThat(post("reader", "release", "{\"nginx\":\"edge\"}").statusCode())
                .isEqualTo(403);
        assertThat(post("dev", "adopt", known).body()).contains("nothing to adopt");
        assertThat(post("dev", "adopt", "{\"nginx\":\"edge\",\"node\":\"x\"}").body())
                .contains("built-in-1, built-in-2, built-in-3");
        assertThat(post("dev", "adopt", "{\"nginx\":\"theirs\",\"node\":\"x\"}").statusCode())
                .isEqualTo(422);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            edge.setTenants("retail bank");
            NginxConfiguration.get().setClusters(List.of(edge));
        }
        assertThat(post("dev", "adopt", known).statusCode()).isEqualTo(409);
        NginxCluster bare = new NginxCluster("edge", List.of());
        bare.setTenants("retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(bare));
        }
        assertThat(post("dev", "release", "{\"nginx\":\"edge\"}").statusCode()).isEqualTo(409);
    }

    @Test
    void aBuildAdoptsFilesOfPeopleAndTheyAreNeverPushedOver() throws Exception {
        WorkflowJob job = retail.createProject(WorkflowJob.class, "adopt");
        SitePush push = new SitePush("retail", Map.of("erp.conf", "# one\n"), "", 5, 0, ErrorWatch.off());
        while (!push.act(edge, said -> {})) {
            // act by act
        }
        Path file = nodes.get(1).installation().folder().resolve("site/current/erp.conf");
        Files.writeString(file, "# by hand\n");

        assertThat(post("dev", "pushSite", "{\"nginx\":\"edge\",\"base\":0,\"files\":{\"erp.conf\":\"# two\"}}")
                        .body())
                .contains("built-in-2", "changed erp.conf on this node by hand");

        job.setDefinition(new CpsFlowDefinition("checkDrift(nginx: 'edge', adopt: 'built-in-2')", true));
        WorkflowRun run = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));

        jenkins.assertLogContains("serves them", run);
        for (int i = 0; i < 3; i++) {
            assertThat(node(i).siteFiles()).containsEntry("erp.conf", "# by hand\n");
            assertThat(node(i).drift().isNone()).isTrue();
        }
        Files.writeString(file.resolveSibling("erp.conf"), "# again\n");
        assertThat(post("dev", "overwrite", "{\"nginx\":\"edge\"}").statusCode())
                .isEqualTo(200);
        assertThat(node(1).siteFiles()).containsEntry("erp.conf", "# by hand\n");
        assertThat(node(1).drift().isNone()).isTrue();
    }

    private NginxNode node(int index) {
        return new NginxNode(nodes.get(index).installation());
    }

    private void publish(int index, String application, String address) throws Exception {
        node(index)
                .publish(Route.of(
                        RouteOwner.of("retail", application, "dev"),
                        application + ".example.com",
                        nodes.get(index).port(),
                        "/",
                        List.of(Member.of(address, 80, 1))));
    }

    private Path file(int index) {
        return nodes.get(index).installation().folder().resolve("current/routes.conf");
    }

    private String text(int index) throws Exception {
        return Files.readString(file(index));
    }

    private void edit(int index, String from, String to) throws Exception {
        assertThat(text(index)).contains(from);
        Files.writeString(file(index), text(index).replace(from, to));
    }

    private static NginxNodeSettings settings(RealNginx nginx) {
        NginxInstallation installation = nginx.installation();
        NginxNodeSettings node = new NginxNodeSettings(
                installation.mainConfig().toString(), installation.folder().toString());
        node.setBinary(installation.binary().toString());
        node.setVersionPort(installation.versionPort());
        return node;
    }

    private HttpResponse<String> post(String user, String action, String body) throws Exception {
        String token = jenkins.createApiToken(User.getById(user, true));
        String login = Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(jenkins.getURL() + FRONT + action))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Basic " + login)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
