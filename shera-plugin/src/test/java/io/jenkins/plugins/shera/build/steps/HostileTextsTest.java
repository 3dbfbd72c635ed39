package io.jenkins.plugins.shera.build.steps;

import hudson.model.Result;
import io.jenkins.plugins.shera.build.pages.QualityAction;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.projects.ProjectProperty;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Markup and links that run something, in all that a build takes from outside: commit message, log, SonarQube's words and address, labels, names
 * of files. Our pages and Jenkins' own show them as text.
 */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class HostileTextsTest {
    private static final String MARKUP = "<img src=x onerror=document.body.id=1>";
    private static final String LINK = "javascript:document.body.id=1//";
    private static final String NOTHING_RAN =
            "document.body.id !== '1' && !document.querySelector('img[src=x], #shera-page img,"
                    + " a[href^=javascript], a[href^=data]')";

    @TempDir
    Path folder;

    @Test
    void areTextOnEveryPage(JenkinsRule rule, Page page) throws Exception {
        try (FakeSonar sonar = new FakeSonar();
                DockerRegistry registry = DockerRegistry.open(folder)) {
            sonar.coverage = MARKUP;
            WorkflowJob job = QualityLab.job(rule, sonar.url(), "token", registry.host());
            SheraConfiguration.get().setApplications(List.of(new Application("shop", "cart")));
            Path origin = source(sonar);
            QualityLab.script(
                    job,
                    "sheraBuild image: 'cart', git: '" + origin + "', maven: 'verify', projectKey: 'shop', javaHome: '"
                            + FakeScanner.java(folder, sonar) + "'");
            job.addProperty(new ProjectProperty());
            rule.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0).get());
            commit(origin, sonar);
            WorkflowRun run =
                    rule.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0).get());
            QualityAction.put(
                    run,
                    new QualityAction(
                            new QualityVerdict.Builder(QualityVerdict.ERROR)
                                    .of("other", "", "")
                                    .by(LINK, "T", "A")
                                    .found(Map.of("coverage", MARKUP), List.of(MARKUP))
                                    .build(),
                            List.of(MARKUP)));

            String root = rule.getURL().toString();
            page.look(Theme.LIGHT, "en").open(root + "shera/tenant/shop/projects/#build/2");
            page.see(".shera-log", MARKUP).see("td", MARKUP).see(".shera-sbom code", MARKUP);
            page.see(".shera-commits bdi", MARKUP + " " + LINK)
                    .see(".shera-commits small", MARKUP.substring(1, MARKUP.length() - 1));
            page.until("nothing ran", NOTHING_RAN);
            page.open(root).open(root + "shera/tenant/shop/projects/#build").see("tr[data-key='2']", "SUCCESS");
            page.until("nothing ran", NOTHING_RAN);
            page.open(root + "job/shop/job/build/2/").see("body", MARKUP);
            page.until("nothing ran", NOTHING_RAN);
            page.open(root + "shera/tenant/shop/application/cart/images/").see("body", "cart");
            page.until("nothing ran", NOTHING_RAN);
            page.assertClean();
        }
    }

    private Path source(FakeSonar sonar) throws Exception {
        Path origin = QualityLab.project(Files.createDirectories(folder.resolve("origin")), "");
        Files.writeString(
                origin.resolve("Dockerfile"),
                "FROM scratch\nLABEL org.opencontainers.image.source=\"" + LINK + "\" org.opencontainers.image.title=\""
                        + MARKUP + "\"\nCOPY target /app\nCMD [\"/app/shop.jar\"]\n");
        FakeScanner.maven(
                origin,
                sonar,
                "echo '" + MARKUP + "'\ncp target/shop-1.2.jar 'target/" + MARKUP + ".jar'\n",
                "sonar.projectKey=shop");
        commit(origin, sonar);
        return origin;
    }

    private static void commit(Path origin, FakeSonar sonar) throws Exception {
        QualityLab.commit(origin, MARKUP, MARKUP + " " + LINK);
        sonar.revision = new LocalPrograms(origin)
                .run(List.of("git", "rev-parse", "HEAD"), Map.of(), false)
                .output()
                .trim();
    }
}
