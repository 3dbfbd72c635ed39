package io.jenkins.plugins.shera.harness.steps;

import static io.jenkins.plugins.shera.harness.pipeline.PipelineServer.assertResult;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.shera.harness.pipeline.PipelineServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideStepsTest {
    @TempDir
    Path home;

    @TempDir
    Path repository;

    PipelineServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PipelineServer(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesSecretsToTheBodyAndKeepsThemOutOfTheLog() throws Exception {
        CredentialsStore credentials = new SystemCredentialsProvider.ProviderImpl().getStore(Jenkins.get());
        credentials.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", null, Secret.fromString("hunter2")));
        credentials.addCredentials(
                Domain.global(),
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", null, "bob", "s3cret"));
        WorkflowRun run = server.run(
                """
                node {
                    withCredentials([string(credentialsId: 'token', variable: 'TOKEN'),
                            usernamePassword(credentialsId: 'login', usernameVariable: 'U', passwordVariable: 'P')]) {
                        sh 'echo "$TOKEN of $U is $P"; echo ${#TOKEN}'
                        echo "and ${TOKEN}"
                    }
                    echo "gone ${env.TOKEN}"
                }""");
        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog())
                .contains("\n**** of bob is ****\n", "\n7\n", "and ****", "gone null")
                .doesNotContain("hunter2", "s3cret");
    }

    @Test
    void namesTheCredentialThatIsNotThere() throws Exception {
        WorkflowRun run = server.run("withCredentials([string(credentialsId: 'no', variable: 'X')]) { echo 'x' }");
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog())
                .contains("ERROR: Could not find credentials entry with ID 'no' of type StringCredentials");
    }

    @Test
    void checksOutTheNewestCommitOfABranch() throws Exception {
        Files.writeString(repository.resolve("a.txt"), "hello\n");
        for (String[] command : new String[][] {
            {"git", "init", "-q", "-b", "main"},
            {"git", "add", "."},
            {"git", "-c", "user.name=n", "-c", "user.email=n@example.com", "commit", "-q", "-m", "one"}
        }) {
            assertThat(new ProcessBuilder(command)
                            .directory(repository.toFile())
                            .start()
                            .waitFor())
                    .isZero();
        }
        WorkflowRun run = server.run(
                """
                node {
                    def found = git url: '%s', branch: 'main'
                    echo "${readFile('a.txt').trim()} ${found.GIT_COMMIT.length()} ${found.GIT_BRANCH}"
                    try { git url: '%s', branch: 'none' } catch (e) { echo e.message }
                    git '--upload-pack=x'
                }"""
                        .formatted(repository, repository));
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog())
                .contains("hello 40 origin/main", "git fetch failed in ", "must not be empty nor begin with a dash");
    }

    @Test
    void waitsForAPersonAndReturnsTheirWord() throws Exception {
        WorkflowRun run = server.start(
                server.job(
                        "asks",
                        """
                def answer = input message: 'Go on?', id: 'go', parameters: [string(name: 'WHY', defaultValue: 'x')]
                echo "because ${answer}"
                input 'Sure?'"""));
        server.logged(run, "Input requested");
        InputAction action = run.getAction(InputAction.class);
        InputStepExecution question = action.getExecution("Go");
        assertThat(question.getInput().getParameters()).hasSize(1);
        question.proceed(Map.of("WHY", "it works"));
        server.logged(run, "Proceed or Abort");
        assertThat(run.getLog()).contains("because it works");
        action.getExecutions().get(0).doAbort();
        assertResult(server.finished(run), Result.ABORTED);
        assertThat(run.getLog()).contains("Rejected by");
    }

    @Test
    void stopsWhenSomebodyStopsTheBuild() throws Exception {
        WorkflowRun run = server.start(server.job("long", "sleep 600"));
        server.logged(run, "Sleeping for");
        run.getExecution().interrupt(Result.ABORTED);
        assertResult(server.finished(run), Result.ABORTED);
    }

    @Test
    void runsManyBuildsAtOnceAndLosesNone() throws Exception {
        var job = server.job("many", "sleep time: 200, unit: 'MILLISECONDS'; echo \"number ${currentBuild.number}\"");
        for (int i = 0; i < 20; i++) {
            server.start(job);
        }
        for (WorkflowRun run : job.getBuilds()) {
            assertResult(server.finished(run), Result.SUCCESS);
            assertThat(run.getLog()).contains("number " + run.getNumber() + "\n");
        }
        assertThat(job.getBuilds()).hasSize(20);
    }
}
