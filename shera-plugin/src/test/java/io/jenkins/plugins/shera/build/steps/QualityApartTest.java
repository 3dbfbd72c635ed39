package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an image is worth whose Pipeline checked the quality in one step and built the image in another. */
@WithJenkins
class QualityApartTest {
    @TempDir
    Path folder;

    private static Map<String, String> labels(DockerRegistry registry, String tag) throws Exception {
        return Image.read(
                        new RegistryClient(registry.address(), RegistryCredentials.NONE).repository("shop"),
                        tag,
                        Platform.ofThisMachine())
                .config()
                .labels();
    }

    @Test
    void theWordOfAnotherStepIsNotTheImagesAndThatOfAnotherCommitIsNotEvenSaid(JenkinsRule jenkins) throws Exception {
        try (FakeSonar sonar = new FakeSonar();
                DockerRegistry registry = DockerRegistry.open(folder)) {
            Path origin = QualityLab.project(Files.createDirectories(folder.resolve("origin")), "");
            FakeScanner.maven(origin, sonar, "", "sonar.projectKey=shop");
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), "token", registry.host());
            QualityLab.script(
                    job,
                    "git url: '" + origin + "', branch: 'main'\nwithEnv(['JAVA_HOME=" + FakeScanner.java(folder, sonar)
                            + "']) { checkQuality(projectKey: 'shop', maven: 'package') }\n"
                            + "sh 'echo evil > target/shop-1.2.jar'\nbuildImage(image: 'shop', tags: 'apart')\n"
                            + "sh 'git -c user.name=t -c user.email=t@example.org commit --quiet --allow-empty -m other'\n"
                            + "buildImage(image: 'shop', tags: 'other')");

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("The quality gate of shop says OK", run);
            jenkins.assertLogContains("WARNING: the quality of shop was checked by a step apart", run);
            assertThat(labels(registry, "apart"))
                    .containsEntry("io.shera.quality.gate", "unbound")
                    .containsEntry("io.shera.quality.project", "shop")
                    .containsEntry("io.shera.quality.commit", sonar.revision);
            assertThat(labels(registry, "other"))
                    .containsEntry("io.shera.quality.gate", "not-run")
                    .doesNotContainKey("io.shera.quality.project");
        }
    }
}
