package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.shera.build.pages.QualityAction;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.build.sonar.RealSonar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** With a real SonarQube, real git and real Maven. */
@Tag("slow")
class CheckQualityStepTest {
    @TempDir
    Path folder;

    private static RealSonar sonar;
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void start() throws Exception {
        sonar = RealSonar.get();
    }

    private static String check(Path origin, String key, String more) {
        return "git url: '" + origin + "', branch: 'main'\ndef q = checkQuality(projectKey: '" + key
                + "', maven: 'package'" + more
                + ")\necho \"said ${q.gate} of ${q.projectKey} ${q.commit} ${q.measures['ncloc']} ${q.exclusions}\"";
    }

    @Test
    void returnsWhatTheGateSaysOfExactlyThisCommitAndTakesTheWebhook() throws Throwable {
        String key = "good-" + RUN;
        sonar.projectWithGate(key, "vulnerabilities", "GT", "0");
        Path origin = QualityLab.project(
                folder.resolve("good"), "<sonar.coverage.exclusions>gen/**</sonar.coverage.exclusions>");
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), "");
            sonar.post(
                    "/api/webhooks/create",
                    "name",
                    "jenkins",
                    "project",
                    key,
                    "url",
                    jenkins.getURL() + "shera-webhook/post/sonar/house",
                    "secret",
                    QualityLab.webhookSecret());
            QualityLab.script(job, check(origin, key, ""));

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            QualityVerdict verdict = run.getAction(QualityAction.class).verdict();
            assertThat(verdict.getGate()).isEqualTo(QualityVerdict.OK);
            assertThat(verdict.getTree()).hasSize(64);
            assertThat(verdict.getMeasures()).containsEntry("bugs", "0").containsKey("coverage");
            assertThat(verdict.getExclusions()).anyMatch(line -> line.startsWith("sonar.coverage.exclusions=gen/**"));
            jenkins.assertLogContains("said OK of " + key + " " + verdict.getCommit() + " 7 [sonar", run);
            jenkins.assertLogNotContains(sonar.token(), run);
            assertThat(sonar.get("/api/webhooks/deliveries?ceTaskId=" + verdict.getTaskId())
                            .path("deliveries")
                            .path(0)
                            .path("httpStatus")
                            .asInt())
                    .isEqualTo(204);
        });
    }

    @Test
    void endsTheBuildAsSetWhenTheGateFailsAndSaysOnWhat() throws Throwable {
        String key = "bad-" + RUN;
        sonar.projectWithGate(key, "ncloc", "GT", "1");
        Path origin = QualityLab.project(folder.resolve("bad"), "");
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), "");
            QualityLab.script(job, check(origin, key, ""));
            WorkflowRun failed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("The quality gate of " + key + " failed: ncloc is 7, which is above 1.", failed);
            jenkins.assertLogNotContains("\tat ", failed);
            assertThat(failed.getAction(QualityAction.class).getGate()).isEqualTo("ERROR");

            QualityLab.script(job, check(origin, key, ", onGateFailure: 'unstable', qualityGate: 'gate-" + key + "'"));
            WorkflowRun unstable = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
            jenkins.assertLogContains("said ERROR of " + key, unstable);

            QualityLab.script(job, check(origin, key, ", onGateFailure: 'continue', qualityGate: 'Corporate'"));
            WorkflowRun other = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains(
                    "is judged by the quality gate 'gate-" + key + "' and this build demands 'Corporate'", other);
        });
    }

    @Test
    void waitsOnAfterARestart() throws Throwable {
        String key = "restart-" + RUN;
        sonar.projectWithGate(key, "vulnerabilities", "GT", "0");
        Path origin = QualityLab.project(folder.resolve("restart"), "");
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), "");
            QualityLab.script(job, check(origin, key, ""));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("SonarQube works on the analysis", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("shop/build", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("said OK of " + key, run);
            assertThat(run.getActions(QualityAction.class)).hasSize(1);
        });
    }

    @Test
    void analysesEveryModuleOfAMavenProject() throws Throwable {
        String key = "modules-" + RUN;
        sonar.projectWithGate(key, "vulnerabilities", "GT", "0");
        Path origin = Files.createDirectories(folder.resolve("modules"));
        Path core = QualityLab.project(origin.resolve("core"), "");
        QualityLab.git(origin, "init", "--quiet", "--initial-branch=main", ".");
        Files.move(core.resolve(".git"), folder.resolve("old"));
        Files.writeString(
                origin.resolve("pom.xml"),
                "<project xmlns='http://maven.apache.org/POM/4.0.0'><modelVersion>4.0.0</modelVersion><groupId>t</groupId>"
                        + "<artifactId>all</artifactId><version>1</version><packaging>pom</packaging>"
                        + "<modules><module>core</module></modules></project>");
        Files.writeString(origin.resolve(".gitignore"), "target/\n");
        QualityLab.commit(origin);
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), "");
            QualityLab.script(job, check(origin, key, ", properties: ['sonar.cpd.exclusions': 'gen/**']"));
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            QualityVerdict verdict = run.getAction(QualityAction.class).verdict();
            jenkins.assertLogContains("said OK of " + key + " " + verdict.getCommit() + " 8 [sonar.cpd", run);
            assertThat(verdict.getTree()).hasSize(64);
            jenkins.assertLogNotContains(sonar.token(), run);
        });
    }

    @Test
    void analysesAProjectWithoutMavenByTheScannerItself() throws Throwable {
        String key = "plain-" + RUN;
        sonar.projectWithGate(key, "vulnerabilities", "GT", "0");
        Path origin = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(origin.resolve("shop.js"), "function sum(a, b) {\n  return a + b;\n}\n");
        QualityLab.git(origin, "init", "--quiet", "--initial-branch=main", ".");
        QualityLab.commit(origin);
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), sonar.token(), "");
            QualityLab.script(
                    job,
                    "git url: '" + origin + "', branch: 'main'\ndef q = checkQuality(projectKey: '" + key
                            + "')\necho \"said ${q.gate}\"");
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("said OK", run);
        });
    }

    @Test
    void saysThatATokenIsNotTaken() throws Throwable {
        Path origin = QualityLab.project(folder.resolve("token"), "");
        sessions.then(jenkins -> {
            WorkflowJob job = QualityLab.job(jenkins, sonar.url(), "squ_0000", "");
            QualityLab.script(job, check(origin, "any", ", onUnavailable: 'continue'"));
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("does not take the token", run);
            jenkins.assertLogNotContains("squ_0000", run);
        });
    }
}
