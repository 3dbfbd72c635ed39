package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person sets up a project, builds it twice, and looks at what came of it; a wrapper stands for Maven and a double for SonarQube. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ProjectsPageTest {
    @TempDir
    Path folder;

    @Test
    void leadsFromNothingToABuildThatIsComparedWithTheOneBefore(JenkinsRule rule, Page page) throws Exception {
        try (FakeSonar sonar = new FakeSonar();
                DockerRegistry registry = DockerRegistry.open(folder)) {
            Path origin = source(sonar, registry);
            QualityLab.job(rule, sonar.url(), "token", registry.host()).delete();
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            String projects = rule.getURL() + "shera/tenant/shop/projects/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(projects).see(".jenkins-notice", "Nothing is built here yet");

            page.open(projects + "#new")
                    .type("input[name='name']", "cart")
                    .type("input[name='settings.git']", origin.toString())
                    .type("input[name='settings.maven']", "verify")
                    .type(
                            "input[name='settings.javaHome']",
                            FakeScanner.java(folder, sonar).toString())
                    .type("input[name='settings.projectKey']", "shop")
                    .type("input[name='settings.image']", "cart");
            looks(page, "projects-form");
            page.press("Enter").see("h1", "cart").see(".shera-code", "projectKey: 'shop'");

            WorkflowJob job = rule.jenkins.getItemByFullName("shop/cart", WorkflowJob.class);
            rule.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0).get());
            sonar.coverage = "84.5";
            QualityLab.commit(origin, "First Developer", "Take orders at night");
            QualityLab.commit(
                    origin, "Second Developer", "Say in the log which order was refused, and why it was refused");
            sonar.revision = new LocalPrograms(origin)
                    .run(List.of("git", "rev-parse", "HEAD"), Map.of(), false)
                    .output()
                    .trim();
            rule.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0).get());

            page.open(projects + "#cart").see("tr[data-key='2']", "SUCCESS").see(".shera-spark");
            page.click(".shera-prune button").see("td .shera-pill--ok", "stays").see("td", "stays, among the newest");
            looks(page, "projects-project");
            page.open(rule.getURL() + "job/shop/job/cart/")
                    .until(
                            "each build bears the word of its gate",
                            """
                    document.querySelectorAll("#buildHistory a [tooltip$=': OK'], #buildHistory a [title$=': OK']").length === 2""");
            page.open(projects + "#cart/2")
                    .see(".shera-log", "Finished: SUCCESS")
                    .see(".shera-pill", "gate OK")
                    .see(".shera-pill--ok", "signed by")
                    .see(".shera-sbom code", "/app/shop.jar")
                    .see("details summary", "Not read: 1")
                    .see("dd code", registry.host() + "/jre:17")
                    .see("h2", "Commits since #1")
                    .see(".shera-commits bdi", "Take orders at night")
                    .see(".shera-commits small", "First Developer");
            assertThat(page.texts("td .shera-pill")).contains("+4.5");
            looks(page, "projects-build");
            page.open(projects + "#").see("tr[data-key='cart']", "gate OK");
            looks(page, "projects-list");
            page.look(Theme.LIGHT, "zh-CN")
                    .open(rule.getURL().toString())
                    .open(projects + "#cart/2")
                    .see("h2", "质量")
                    .see("h2", "自 #1 以来的提交")
                    .photograph("projects-build-zh");
            page.open(projects + "#cart/edit").see("label", "镜像").photograph("projects-form-zh");
            leavesTheSbomOut(rule, page, projects, job);
            page.assertClean();
        }
    }

    /** And what the form was told before is still in the script. */
    private static void leavesTheSbomOut(JenkinsRule rule, Page page, String projects, WorkflowJob job)
            throws Exception {
        page.look(Theme.LIGHT, "en").open(rule.getURL().toString());
        page.open(projects + "#cart/edit")
                .type("input[name='settings.image']", "bare")
                .type("input[name='settings.timeout']", "1800")
                .type("input[name='settings.gateTimeout']", "600")
                .type("input[name='settings.context']", ".")
                .click("input[name='settings.sbom']");
        page.type("input[name='settings.tags']", "1")
                .press("Enter")
                .see("h1", "cart")
                .see(".shera-code", "sbom: false");
        page.open(rule.getURL().toString())
                .open(projects + "#cart/edit")
                .until("the switch is off", "!document.querySelector(\"input[name='settings.sbom']\").checked")
                .type("input[name='settings.tags']", "2")
                .press("Enter")
                .see(".shera-code", "tags: '2'");
        assertThat(page.text(".shera-code"))
                .contains("sbom: false", "timeout: 1800", "gateTimeout: 600", "context: '.'");
        WorkflowRun run =
                rule.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0).get());
        assertThat(run.getAction(ImageAction.class).getComponents()).isNull();
        page.open(projects + "#cart/3").see(".shera-log", "Finished: SUCCESS").see("dd, td, p", "bare");
    }

    private Path source(FakeSonar sonar, DockerRegistry registry) throws Exception {
        SmallImage.push(
                new RegistryClient(registry.address(), RegistryCredentials.NONE).repository("jre"),
                "17",
                SmallImage.layer(folder, "etc/motd", "base"));
        Path origin = QualityLab.project(Files.createDirectories(folder.resolve("origin")), "");
        Files.writeString(
                origin.resolve("Dockerfile"),
                "FROM " + registry.host()
                        + "/jre:17\nCOPY target/shop-1.2.jar /app/shop.jar\nCMD [\"/app/shop.jar\"]\n");
        FakeScanner.maven(origin, sonar, "echo \"Building shop 1.2\"\n", "sonar.projectKey=shop");
        return origin;
    }

    private static void looks(Page page, String name) throws IOException {
        page.photograph(name + "-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").photograph(name + "-dark");
        page.assertAccessible("#shera-page").look(Theme.LIGHT, "en");
    }
}
