package io.jenkins.plugins.shera.harness.steps;

import static io.jenkins.plugins.shera.harness.pipeline.PipelineServer.assertResult;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.shera.harness.pipeline.PipelineServer;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasicStepsTest {
    @TempDir
    Path home;

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
    void writesEchoesIntoTheLogAndSucceeds() throws Exception {
        WorkflowRun run = server.run("def name = 'world'\necho \"hello ${name}\"\necho message: 'again'");
        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog().lines()).contains("hello world", "again", "Finished: SUCCESS");
    }

    @Test
    void runsAShellScriptInTheWorkspaceOfANode() throws Exception {
        WorkflowRun run = server.run(
                """
                node {
                    stage('Build') {
                        sh 'echo from the shell; pwd > where'
                        def out = sh(script: 'echo " out "', returnStdout: true)
                        def code = sh(script: 'exit 3', returnStatus: true)
                        echo "[${out.trim()}] ${code} ${readFile('where').trim() == pwd()} ${fileExists('nothing')}"
                    }
                }""");
        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog()).contains("+ echo from the shell\nfrom the shell\n", "[out] 3 true false");
    }

    @Test
    void failsWithoutAStackTraceWhenAShellScriptFails() throws Exception {
        WorkflowRun run = server.run("node { sh 'exit 7' }");
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog())
                .contains("ERROR: script returned exit code 7\n")
                .doesNotContain("\tat ");
    }

    @Test
    void saysWhatANodeLessStepMisses() throws Exception {
        WorkflowRun run = server.run("sh 'true'");
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog())
                .contains("Required context class hudson.FilePath is missing\n"
                        + "Perhaps you forgot to surround the sh step with a step that provides this, such as: node");
    }

    @Test
    void setsVariablesForABodyOnly() throws Exception {
        WorkflowRun run = server.run(
                """
                env.ONE = 'one'
                withEnv(['TWO=two', 'PATH+X=/opt/x', 'BOTH=${ONE}-2']) {
                    node { sh 'echo "$ONE $TWO $BOTH ${PATH%%:*}"' }
                    echo "inside ${env.TWO} ${TWO}"
                }
                echo "outside ${env.TWO} ${env.ONE}"
                """);
        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog()).contains("\none two one-2 /opt/x\n", "inside two two", "outside null one");
    }

    @Test
    void triesAgainUntilTheBodySucceeds() throws Exception {
        WorkflowRun run =
                server.run("int n = 0; retry(3) { n++; if (n < 3) { error \"no ${n}\" }; echo \"yes ${n}\" }");
        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog()).contains("ERROR: no 1\nRetrying\nERROR: no 2\nRetrying\nyes 3\n");
    }

    @Test
    void goesOnAfterACaughtError() throws Exception {
        WorkflowRun run = server.run(
                """
                catchError(message: 'tests failed', buildResult: 'UNSTABLE') { error 'red' }
                warnError('lint') { error 'style' }
                echo "now ${currentBuild.currentResult}"
                """);
        assertResult(run, Result.UNSTABLE);
        assertThat(run.getLog())
                .contains("ERROR: tests failed\nERROR: red", "ERROR: lint\nERROR: style", "now UNSTABLE");
    }

    @Test
    void runsBranchesSideBySideAndReturnsTheirValues() throws Exception {
        WorkflowRun run = server.run(
                """
                def got = parallel(one: { sleep time: 50, unit: 'MILLISECONDS'; 1 }, two: { echo 'two'; 2 })
                echo "${got.one + got.two}"
                try {
                    parallel slow: { sleep 1000 }, bad: { error 'boom' }, failFast: true
                } catch (e) { echo "caught ${e.message}" }
                """);
        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog()).contains("\n3\n", "Failed in branch bad", "Failed in branch slow", "caught boom");
    }

    @Test
    void stopsABodyWhoseTimeIsUp() throws Exception {
        WorkflowRun run = server.run(
                """
                node { timeout(time: 700, unit: 'MILLISECONDS') {
                    sh 'trap "echo cleaned; exit 1" TERM; while :; do sleep 0.1; done'
                } }""");
        assertResult(run, Result.ABORTED);
        assertThat(run.getLog())
                .contains(
                        "Cancelling nested steps due to timeout",
                        "Sending interrupt signal to process",
                        "cleaned",
                        "Timeout has been exceeded");
    }

    @Test
    void namesAnUnknownStepAndWhatThereIs() throws Exception {
        WorkflowRun run = server.run("ech 'x'");
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog()).contains("No such DSL method 'ech' found among steps [archiveArtifacts, catchError,");
    }

    @Test
    void namesAWrongParameter() throws Exception {
        WorkflowRun run = server.run("sleep time: 'soon'");
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog())
                .contains(
                        "SleepStep.time expects int but was unable to coerce the received value \"soon\" to that type");
    }

    @Test
    void keepsArtifactsWithTheBuild() throws Exception {
        WorkflowRun run = server.run(
                """
                node {
                    dir('out') { writeFile file: 'a.txt', text: 'kept' }
                    archiveArtifacts artifacts: 'out/*.txt'
                    archiveArtifacts 'none/*'
                }""");
        assertResult(run, Result.FAILURE);
        assertThat(run.getArtifactManager().root().child("out/a.txt").exists()).isTrue();
        assertThat(run.getLog())
                .contains("No artifacts found that match the file pattern \"none/*\". Configuration error?");
    }

    @Test
    void tellsWhereAScriptIsNotGroovy() throws Exception {
        WorkflowRun run = server.run("echo 'a'\nif (");
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog()).contains("WorkflowScript.groovy: 2:").doesNotContain("\tat ");
    }
}
