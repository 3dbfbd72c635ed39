package io.jenkins.plugins.shera.build.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import io.jenkins.plugins.shera.build.records.ImageOrigin;
import io.jenkins.plugins.shera.build.records.ImageOrigins;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.sbom.Archives;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The images of an application as a person and a program see them; a real registry has more than Jenkins built. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ImagesTabTest {
    private static final String TAB = "shera/tenant/shop/application/cart/images";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private DockerRegistry registry;
    private Folder shop;

    @BeforeEach
    void tenant(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = DockerRegistry.open(folder);
        shop = jenkins.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
        SheraConfiguration.get().setTenants(List.of(tenant));
        SheraConfiguration.get().setApplications(List.of(new Application("shop", "cart")));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("viewer", "stranger")
                .grant(SheraPermissions.VIEW, Item.READ)
                .onFolders(shop)
                .to("viewer"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private ImageTarget repository() throws Exception {
        return new ImagePlace(registry.address(), RegistryCredentials.NONE).repository("team/cart");
    }

    private WorkflowRun build(String tag, String text) throws Exception {
        Path jar = Files.write(
                folder.resolve("app.jar"), new Archives().pom("a", "cart", text).bytes());
        WorkflowJob job = shop.getItem("build") instanceof WorkflowJob there
                ? there
                : shop.createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition(
                "node {\nsh 'cp " + jar
                        + " app.jar'\nwriteFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY app.jar /'\n"
                        + "buildImage(image: 'team/cart', tags: '" + tag + "')\n}",
                true));
        return jenkins.buildAndAssertSuccess(job);
    }

    private static JsonNode json(Visitor visitor, String path) throws Exception {
        var answer = visitor.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void tellsOfEachImageWhatJenkinsRemembersAndWhatTheRegistrySays() throws Exception {
        build("1", "1");
        WorkflowRun second = build("2", "2");
        SmallImage.push(
                repository(),
                "by-hand",
                SmallImage.layer(folder, "etc/motd", "x"),
                Map.of("io.shera.quality.gate", "OK"));
        String digest = second.getAction(ImageAction.class).getDigest();
        Visitor viewer = new Visitor(jenkins, "viewer");

        JsonNode list = json(viewer, TAB + "/list");
        JsonNode seen = json(viewer, TAB + "/registry");

        assertThat(list.path("total").asInt()).isEqualTo(2);
        assertThat(list.path("pruneUrl").asText()).isEmpty();
        JsonNode newest = list.path("images").path(0);
        assertThat(newest.path("digest").asText()).isEqualTo(digest);
        assertThat(newest.path("tags").path(0).asText()).isEqualTo("2");
        assertThat(newest.path("components").asInt()).isEqualTo(1);
        assertThat(newest.path("buildUrl").asText()).endsWith("/job/shop/job/build/2/");
        assertThat(seen.path("images").path(0).path("standing").asText()).isEqualTo("not-run");
        assertThat(seen.path("images").path(0).path("sbom").asBoolean()).isTrue();
        assertThat(seen.path("others").findValuesAsText("standing")).containsExactly("forged");
        assertThat(viewer.get(TAB + "/sbom?digest=" + digest).body()).contains("pkg:maven/a/cart@2");
        assertThat(viewer.get(TAB + "/sbom?digest=sha256:" + "0".repeat(64)).statusCode())
                .isEqualTo(422);
        for (String path : List.of("", "/list", "/registry", "/sbom?digest=" + digest)) {
            assertThat(new Visitor(jenkins, "stranger").get(TAB + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        repository().delete(io.jenkins.plugins.shera.oci.image.Digest.parse(digest));
        assertThat(json(viewer, TAB + "/registry")
                        .path("images")
                        .path(0)
                        .path("there")
                        .asBoolean())
                .isFalse();
        registry.close();
        assertThat(viewer.get(TAB + "/list").statusCode()).isEqualTo(200);
        assertThat(viewer.get(TAB + "/registry").statusCode()).isEqualTo(502);
    }

    @Test
    void aPersonLeafsThroughManyAndSeesWhatCouldGo(Page page) throws Exception {
        build("1", "1");
        for (int i = 0; i < 25; i++) {
            String digest = "sha256:" + String.format("%064x", i + 1);
            ImageOrigins.get()
                    .put(
                            "shop",
                            new ImageOrigin(
                                    registry.host() + "/team/cart@" + digest, "", "shop/old#" + i, "job/old/", ""));
        }
        build("2", "2");
        SmallImage.push(repository(), "by-hand", SmallImage.layer(folder, "etc/motd", "x"));
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "admin", "admin");

        page.open(jenkins.getURL() + TAB + "/")
                .see("td .shera-pill", "not-run")
                .see("td a", "SBOM 1")
                .see("nav span", "1 to 20 of 27")
                .see("h2", "Not built here")
                .see("td .shera-pill", "unknown")
                .see("td .shera-pill--warn", "not in the registry");
        looks(page, "images");
        page.click(".shera-stack .shera-row > .jenkins-button:not([disabled])").see("th", "What becomes of it");
        page.see("td .shera-pill--ok", "stays");
        page.click("nav .jenkins-button:last-child").see("nav span", "21 to 27 of 27");
        page.look(Theme.LIGHT, "zh-CN")
                .open(jenkins.getURL().toString())
                .open(jenkins.getURL() + TAB + "/")
                .see("th", "运行于")
                .see("td .shera-pill", "not-run")
                .photograph("images-zh");
        page.assertClean();
    }

    private static void looks(Page page, String name) throws Exception {
        page.photograph(name + "-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").photograph(name + "-dark");
        page.assertAccessible("#shera-page").look(Theme.LIGHT, "en");
    }
}
