package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.shera.build.projects.Uploads;
import io.jenkins.plugins.shera.build.sonar.RealSonar;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** From git through a real SonarQube into the label of an image in a real registry. */
@Tag("slow")
class SheraBuildStepTest {
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    static Path folder;

    private static DockerRegistry registry;
    private static RealSonar sonar;
    private static Path origin;

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void start() throws Exception {
        registry = DockerRegistry.open(folder);
        sonar = RealSonar.get();
        origin = QualityLab.project(Files.createDirectories(folder.resolve("origin")), "");
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private static Map<String, String> labels(String tag) throws Exception {
        return Image.read(
                        new RegistryClient(registry.address(), RegistryCredentials.NONE).repository("shop"),
                        tag,
                        Platform.ofThisMachine())
                .config()
                .labels();
    }

    private static String build(String more) {
        return "def b = sheraBuild(git: '" + origin + "', branch: 'main', maven: 'package', image: 'shop'" + more
                + ")\necho \"built ${b.reference} ${b.tag} gate ${b.gate} ${b.quality.measures['bugs']} ${b.image.size > 0}\"";
    }

    @Test
    void aGateThatIsPassedStandsInTheImagesLabelAndAFailedOneToo() throws Throwable {
        String good = "built-good-" + RUN;
        String bad = "built-bad-" + RUN;
        sonar.projectWithGate(good, "vulnerabilities", "GT", "0");
        sonar.projectWithGate(bad, "ncloc", "GT", "1");
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), registry.host());
            QualityLab.script(job, build(", projectKey: '" + good + "', tags: '${version}-${build}'"));
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains(" 1.2-1 gate OK 0 true", run);
            jenkins.assertLogNotContains(sonar.token(), run);
            String commit = labels("1.2-1").get("org.opencontainers.image.revision");
            assertThat(labels("1.2-1"))
                    .containsEntry("io.shera.quality.gate", "OK")
                    .containsEntry("io.shera.quality.project", good)
                    .containsEntry("io.shera.quality.commit", commit);

            QualityLab.script(job, build(", projectKey: '" + bad + "', tags: 'bad'"));
            WorkflowRun failed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("ncloc is 7, which is above 1", failed);
            jenkins.assertLogNotContains("\tat ", failed);
            QualityLab.script(job, build(", projectKey: '" + bad + "', tags: 'bad', onGateFailure: 'continue'"));
            jenkins.buildAndAssertSuccess(job);
            assertThat(labels("bad")).containsEntry("io.shera.quality.gate", "ERROR");
        });
    }

    @Test
    void aWorkspaceThatChangesAfterTheAnalysisGivesAnImageThatIsUnbound() throws Throwable {
        String key = "unbound-" + RUN;
        sonar.projectWithGate(key, "vulnerabilities", "GT", "0");
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), registry.host());
            QualityLab.script(
                    job,
                    "parallel(a: {" + build(", projectKey: '" + key + "', tags: 'unbound'")
                            + "}, b: { sh 'until ls -d ../build@tmp/sonar-*.txt >/dev/null 2>&1; do sleep 0.1; done;"
                            + " while ls -d ../build@tmp/sonar-*.txt >/dev/null 2>&1; do sleep 0.1; done; sleep 1; echo evil > target/shop-1.2.jar' })");
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("its label says unbound", run);
            assertThat(labels("unbound")).containsEntry("io.shera.quality.gate", "unbound");
        });
    }

    @Test
    void withoutSonarTheLabelSaysNotRunWhateverTheDockerfileSays() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), registry.host());
            QualityLab.script(
                    job,
                    build(
                            ", tags: 'plain', dockerfileText: 'FROM scratch\\nLABEL io.shera.quality.gate=OK\\nCOPY target/*.jar /'"));
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("gate not-run", run);
            assertThat(labels("plain"))
                    .containsEntry("io.shera.quality.gate", "not-run")
                    .doesNotContainKey("io.shera.quality.project");
        });
    }

    @Test
    void anUploadedJarGetsTheUsualDockerfile() throws Throwable {
        RegistryClient client = new RegistryClient(registry.address(), RegistryCredentials.NONE);
        SmallImage.push(client.repository("java"), "17", SmallImage.layer(folder, "etc/motd", "base"));
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), registry.host());
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "shop.Main");
            ByteArrayOutputStream jar = new ByteArrayOutputStream();
            new JarOutputStream(jar, manifest).close();
            String id = Uploads.get().put("shop", "shop.jar", new ByteArrayInputStream(jar.toByteArray()));
            QualityLab.script(
                    job,
                    "def b = sheraBuild(artifact: '" + id + "', image: 'shop', tags: 'up', baseImage: '"
                            + registry.host() + "/java:17')\necho \"gate ${b.gate}\"");
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("  | COPY target/shop.jar /app/app.jar", run);
            jenkins.assertLogContains("gate not-run", run);
        });
    }
}
