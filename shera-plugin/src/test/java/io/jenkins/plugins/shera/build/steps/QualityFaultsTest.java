package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
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
        wrapper("echo \"Maven's token ${SONAR_TOKEN:-none}\"\n");
    }

    private void wrapper(String more) throws Exception {
        wrapper(more, "sonar.projectKey=shop");
    }

    private void wrapper(String more, String found) throws Exception {
        FakeScanner.maven(origin, sonar, more, found);
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
                "git url: '" + origin + "', branch: 'main'\nwithEnv(['JAVA_HOME=" + FakeScanner.java(folder, sonar)
                        + "']) { def q = checkQuality(projectKey: 'shop', maven: 'package'" + more
                        + ")\necho \"said ${q.gate} ${q.exclusions}\" }");
    }

    private void refuses(JenkinsRule jenkins, WorkflowJob job, String message) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains(message, run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogNotContains("the-token", run);
    }

    @Test
    void theScannerAloneGetsTheTokenAndNeitherMavenNorWhatItLeavesRunningNorTheLogDoes() throws Throwable {
        wrapper("echo \"Maven's token ${SONAR_TOKEN:-none}\"\n"
                + "(sleep 300; echo late) > /dev/null 2>&1 &\necho $! > ../left\n");
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "");
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("Maven's token none", run);
            jenkins.assertLogContains("scanner's token ****, options none", run);
            jenkins.assertLogContains("has the findings", run);
            jenkins.assertLogContains("said OK [sonar.inclusions=a/** (the Maven build)]", run);
            jenkins.assertLogNotContains("the-token", run);
            long left = Long.parseLong(Files.readString(Path.of(
                            jenkins.jenkins.getWorkspaceFor(job).getParent().getRemote(), "left"))
                    .trim());
            Awaitility.await().until(() -> ProcessHandle.of(left)
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        });
    }

    @Test
    void whatMavenSaysInTheEndIsNotBelieved() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "");
            wrapper("", "sonar.projectKey=other");
            refuses(jenkins, job, "does not say of sonar.projectKey what SheRa gave");
            wrapper("", "sonar.projectKey=shop\\nsonar.sources=/etc");
            refuses(jenkins, job, "names in sonar.sources a place that is not in the workspace");
            wrapper("exit 0\n");
            refuses(jenkins, job, "The scanner has sent no report");
            wrapper("echo sonar.host.url=http://elsewhere > sonar-project.properties\n");
            refuses(jenkins, job, "The project sets sonar.host.url in sonar-project.properties");
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
            jenkins.assertLogContains("Maven's token none", run);
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
    void aTokenThatExpiresMeanwhileEndsTheWaitAndSaysSo() throws Throwable {
        sonar.taskStatus = "PENDING";
        sessions.then(jenkins -> {
            WorkflowRun run = job(jenkins, "").scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("SonarQube works on the analysis", run);
            sonar.status = 401;
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("wrong, expired or revoked", run);
            jenkins.assertLogNotContains("the-token", run);
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
            assertThat(post(jenkins, "house", "{\"taskId\":\"T1\"}", "")).isEqualTo(404);
            assertThat(post(jenkins, "house", "x".repeat((1 << 20) + 100), null))
                    .isEqualTo(413);
            assertThat(post(jenkins, "house", "no JSON", null)).isEqualTo(204);
            assertThat(post(jenkins, "house", "{\"taskId\":\"nobody's\"}", null))
                    .isEqualTo(204);
            assertThat(run.isBuilding()).isTrue();
            sonar.taskStatus = "SUCCESS";
            assertThat(post(jenkins, "house", "{\"taskId\":\"T1\"}", null)).isEqualTo(204);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(sonar.looks.get()).isGreaterThan(before);
            int after = sonar.looks.get();
            assertThat(post(jenkins, "house", "{\"taskId\":\"T1\"}", null))
                    .as("a message that is sent again")
                    .isEqualTo(204);
            assertThat(sonar.looks.get()).isEqualTo(after);
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
