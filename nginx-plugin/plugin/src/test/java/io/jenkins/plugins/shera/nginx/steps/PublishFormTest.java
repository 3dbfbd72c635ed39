package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.certificates.TwoTenants;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A program asks what publishing would change, and a person publishes by the form, on a real nginx that another tenant uses too. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class PublishFormTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RealNginx nginx;
    private TwoTenants tenants;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        nginx = RealNginx.start(folder);
        tenants = new TwoTenants(rule, nginx.tlsPort());
        tenants.nodes(nginx);
        new NginxNode(nginx.installation())
                .publish(Route.of(
                        RouteOwner.of("bank", "shop", "dev"),
                        "bank.example.com",
                        nginx.port(),
                        "/",
                        List.of(Member.of("10.0.0.66", 80, 1))));
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void aProgramIsToldWhatWouldChangeAndNothingDoes() throws Exception {
        Map<String, Object> wish = new HashMap<>(Map.of(
                "nginx",
                "edge",
                "application",
                "shop",
                "environment",
                "dev",
                "host",
                "shop.example.com",
                "members",
                List.of("127.0.0.1:9"),
                "rules",
                Map.of("requestHeaders", "X-Api-Token: s3cret"),
                "dryRun",
                true));
        assertThat(post("reader", wish).statusCode()).isEqualTo(403);

        HttpResponse<String> plan = post("dev", wish);

        assertThat(plan.statusCode()).isEqualTo(200);
        assertThat(plan.body())
                .contains("\"node\":\"built-in\"", "\"before\":\"\"", "server_name shop.example.com;")
                .doesNotContain("bank", "10.0.0.66", "s3cret");
        NginxNode node = new NginxNode(nginx.installation());
        assertThat(node.routes().routes()).hasSize(1);

        wish.put("host", "bank.example.com");
        assertThat(post("dev", wish).body()).contains("belongs to another tenant");
        wish.put("host", "shop.example.com");
        wish.put("dryRun", false);
        assertThat(post("dev", wish).statusCode()).isEqualTo(200);
        wish.put("dryRun", true);
        wish.put("members", List.of("127.0.0.1:8"));
        Path lines = nginx.installation().folder().resolve("current/routes.conf");
        Files.writeString(lines, Files.readString(lines).replace("127.0.0.1:9 weight=1", "127.0.0.1:9 weight=7"));
        assertThat(post("dev", wish).body()).contains("somebody changed by hand what this change has to write");
    }

    @Test
    void aPersonSeesTheDifferenceAndPublishes(Page page) throws Exception {
        String address = jenkins.getURL() + "shera/tenant/retail/nginx/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "reader", "reader");
        page.open(address + "#edge").see("section", "No route");
        assertThat(page.texts("#route-publish")).isEmpty();
        page.signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(address + "?1#edge").click("#route-publish").see("form", "Kubernetes Service");
        fill(page);
        page.see(".shera-byhand", "members: ['127.0.0.1:9']");
        page.assertAccessible("#shera-page").photograph("publish-form-light");
        page.click("form button[type=submit]").see("dialog[open]", "server_name shop.example.com;");
        page.see("dialog[open]", "Its requests go to 127.0.0.1:9.");
        page.assertAccessible("dialog").photograph("publish-ask-light");
        page.click("dialog button[type=submit]").see("code", "/shop");
        assertThat(new NginxNode(nginx.installation()).routes().routes())
                .anySatisfy(route -> assertThat(route.path()).isEqualTo("/shop"));

        page.look(Theme.DARK, "en")
                .open(address + "?2#edge")
                .click("#route-publish")
                .see("form", "Kubernetes Service");
        fill(page);
        page.photograph("publish-form-dark");
        page.click("form button[type=submit]").see("dialog[open]", "nothing changes");
        page.assertAccessible("dialog").photograph("publish-same-dark");
        page.look(Theme.LIGHT, "zh-CN")
                .open(address + "?3#edge")
                .click("#route-publish")
                .see("form", "地址");
        page.photograph("publish-form-zh");
        page.assertClean();
    }

    private static void fill(Page page) {
        page.type("form input[name=application]", "shop").type("form input[name=environment]", "dev");
        page.type("form input[name=host]", "shop.example.com").type("form input[name=path]", "/shop");
        page.type("form textarea[name=members]", "127.0.0.1:9");
    }

    private HttpResponse<String> post(String user, Map<String, Object> body) throws Exception {
        return tenants.post(user, "shera/tenant/retail/nginx/publish", body);
    }
}
