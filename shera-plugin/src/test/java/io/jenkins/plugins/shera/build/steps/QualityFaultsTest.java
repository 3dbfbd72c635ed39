package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a SonarQube that is down, slow, or answers of another analysis does to a build; a wrapper stands for Maven. */
class QualityFaultsTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private FakeSonar sonar;
    private Path origin;

    @BeforeEach
    void start() throws Exception {
        sonar = new FakeSonar();
        origin = QualityLab.project(Files.createDirectories(folder.resolve("origin")), "");
        wrapper("echo \"token ${SONAR_TOKEN:-none}\"\n");
    }

    /** The wrapper does what the scanner does in the end: it writes the report's file. */
    private void wrapper(String more) throws Exception {
        Path file = origin.resolve("mvnw");
        Files.writeString(
                file,
                "#!/bin/sh\nmkdir -p target && echo jar > target/shop-1.2.jar\n" + more
                        + "for word; do case \"$word\" in -Dsonar.scanner.metadataFilePath=*) printf"
                        + " 'projectKey=shop\\nserverUrl=" + sonar.url()
                        + "\\nceTaskId=T1\\n' > \"${word#*=}\";; esac; done\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        QualityLab.commit(origin);
        sonar.revision = new LocalPrograms(origin)
                .run(List.of("git", "rev-parse", "HEAD"), Map.of(), false)
                .output()
                .trim();
    }

    @AfterEach
    void stop() {
        sonar.close();
    }

    private WorkflowJob job(JenkinsRule jenkins, String more) throws Exception {
        WorkflowJob job = QualityLab.job(jenkins, sonar.url(), "the-token", "");
        script(job, more);
        return job;
    }

    private void script(WorkflowJob job, String more) throws Exception {
        QualityLab.script(
                job,
                "git url: '" + origin + "', branch: 'main'\ndef q = checkQuality(projectKey: 'shop', maven: 'package'"
                        + more + ")\necho \"said ${q.gate}\"");
    }

    private void refuses(JenkinsRule jenkins, WorkflowJob job, String message) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains(message, run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogNotContains("the-token", run);
    }

    @Test
    void theScannerGetsTheTokenInItsEnvironmentAndTheLogDoesNot() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.buildAndAssertSuccess(job(jenkins, ""));
            jenkins.assertLogContains("token ****", run);
            jenkins.assertLogContains("said OK", run);
            jenkins.assertLogNotContains("the-token", run);
        });
    }

    @Test
    void takesNoAnalysisButItsOwn() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "");
            sonar.component = "other";
            refuses(jenkins, job, "it is of the project other and not of shop");
            sonar.component = "shop";
            sonar.submittedAt = "2001-01-01T00:00:00+0000";
            refuses(jenkins, job, "it is older than this build");
            sonar.submittedAt = "2099-01-01T00:00:00+0000";
            sonar.revision = "0123456789012345678901234567890123456789";
            refuses(jenkins, job, "its revision is 0123456789012345678901234567890123456789 and not ");
            sonar.taskStatus = "FAILED";
            refuses(jenkins, job, "SonarQube could not work off the analysis (task T1 is FAILED");
        });
    }

    @Test
    void refusesAProjectThatSpeaksForUs() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "");
            Files.writeString(origin.resolve("sonar-project.properties"), "sonar.projectKey=other\n");
            QualityLab.commit(origin);
            refuses(jenkins, job, "The project sets sonar.projectKey in sonar-project.properties");
            Files.delete(origin.resolve("sonar-project.properties"));
            QualityLab.project(origin, "<sonar.host.url>http://elsewhere</sonar.host.url>");
            refuses(jenkins, job, "The project sets sonar.host.url in pom.xml");
            QualityLab.project(origin, "");
            script(job, ", properties: ['sonar.scm.revision': 'abc']");
            refuses(jenkins, job, "The property sonar.scm.revision is set by SheRa alone");
            QualityLab.script(
                    job,
                    "git url: '" + origin
                            + "', branch: 'main'\ncheckQuality(projectKey: 'shop', maven: 'package -Dsonar.projectKey=x')");
            refuses(jenkins, job, "The project sets sonar.projectKey in the Maven command");
            QualityLab.script(
                    job,
                    "git url: '" + origin
                            + "', branch: 'main'\nwithEnv(['MAVEN_OPTS=-Dsonar.host.url=http://x']) { checkQuality(projectKey: 'shop') }");
            refuses(jenkins, job, "the environment variable MAVEN_OPTS");
        });
    }

    @Test
    void aServerThatIsDownIsNotAGateThatFailed() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "");
            sonar.status = 503;
            refuses(jenkins, job, "SonarQube is not available, so the quality was not checked.");
            script(job, ", onUnavailable: 'continue'");
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("said not-run", run);
            jenkins.assertLogContains("token none", run);
            sonar.status = 200;
            sonar.taskStatus = "PENDING";
            script(job, ", onUnavailable: 'unstable', timeout: 7");
            WorkflowRun late = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
            jenkins.assertLogContains(
                    "SonarQube has not worked off the analysis in time (task T1 is still PENDING)", late);
        });
    }

    @Test
    void goesOnWhenTheServerIsBackAndMarksAChangedWorkspace() throws Throwable {
        wrapper("echo '// built' >> src/main/java/shop/Shop.java\n");
        sonar.taskStatus = "PENDING";
        sessions.then(jenkins -> {
            WorkflowRun run = job(jenkins, "").scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("SonarQube works on the analysis", run);
            sonar.status = 503;
            jenkins.waitForMessage("Asking again until the time for it is over", run);
            sonar.taskStatus = "SUCCESS";
            sonar.status = 200;
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("SonarQube answers again.", run);
            jenkins.assertLogContains("WARNING: tracked files differ from the commit", run);
        });
    }

    @Test
    void looksAtOnceWhenASignedMessageNamesItsTask() throws Throwable {
        sonar.taskStatus = "IN_PROGRESS";
        sessions.then(jenkins -> {
            WorkflowRun run = job(jenkins, "").scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("SonarQube works on the analysis", run);
            Awaitility.await().until(() -> sonar.looks.get() >= 4);
            int before = sonar.looks.get();
            assertThat(post(jenkins, "house", "{\"taskId\":\"T1\"}", "wrong")).isEqualTo(404);
            assertThat(post(jenkins, "other", "{\"taskId\":\"T1\"}", null)).isEqualTo(404);
            sonar.taskStatus = "SUCCESS";
            assertThat(post(jenkins, "house", "{\"taskId\":\"T1\"}", null)).isEqualTo(204);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(sonar.looks.get()).isGreaterThan(before);
        });
    }

    private static int post(JenkinsRule jenkins, String server, String body, String proof) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(QualityLab.webhookSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String right = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(jenkins.getURL() + "shera-webhook/post/sonar/" + server))
                                .header("X-Sonar-Webhook-HMAC-SHA256", proof == null ? right : proof)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
