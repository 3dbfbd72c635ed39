package io.jenkins.plugins.shera.harness.pipeline;

import static io.jenkins.plugins.shera.harness.pipeline.PipelineServer.assertResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    @TempDir
    Path home;

    @Test
    void goesOnInTheSameJvmAfterAnOrderlyStop() throws Exception {
        try (PipelineServer server = new PipelineServer(home)) {
            WorkflowJob job =
                    server.job("p", "x = 40\ndef y = 2\nsleep time: 1500, unit: 'MILLISECONDS'\necho \"sum ${x + y}\"");
            server.logged(server.start(job), "Sleeping for");
        }
        try (PipelineServer server = new PipelineServer(home)) {
            WorkflowRun run = server.finished(onlyBuild());
            assertResult(run, Result.SUCCESS);
            assertThat(run.getLog())
                    .containsSubsequence("Sleeping for", "Resuming build at", "sum 42", "Finished: SUCCESS");
        }
    }

    @Test
    void doesNotHearWhatAStepOfTheStoppedServerStillSays() throws Exception {
        StepContext late;
        try (PipelineServer server = new PipelineServer(home)) {
            WorkflowJob job = server.job("p", "sleep 600\necho 'woken'");
            server.logged(server.start(job), "Sleeping for");
            late = RunningPrograms.get().steps().get(0).getContext();
        }
        try (PipelineServer server = new PipelineServer(home)) {
            WorkflowRun run = onlyBuild();
            server.logged(run, "Resuming build at");
            await().until(() -> RunningPrograms.get().steps().size() == 1);
            assertThatThrownBy(() -> late.onSuccess(null)).hasMessageContaining("does not run");
            RunningPrograms.get().steps().get(0).getContext().onSuccess(null);
            assertResult(server.finished(run), Result.SUCCESS);
        }
    }

    @Test
    void goesOnInBothBranchesAfterTheServerWasKilled() throws Exception {
        Path gate = home.resolve("gate");
        Process killed = child(
                """
                node {
                    stage('Twice') {
                        parallel(
                            shell: { sh 'echo first; while [ ! -e %1$s ]; do sleep 0.1; done; echo second' },
                            waiting: { for (x in ['a', 'b']) { sleep 2; echo "slept ${x}" } })
                    }
                    echo "after in ${pwd() == env.WORKSPACE}"
                }"""
                        .formatted(gate));
        Path log = home.resolve("jobs/p/builds/1/log");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(log)
                        && Files.readString(log).contains("first\n")
                        && Files.readString(log).contains("Sleeping"));
        killed.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        Files.createFile(gate);
        try (PipelineServer server = new PipelineServer(home)) {
            WorkflowRun run = server.finished(onlyBuild());
            assertResult(run, Result.SUCCESS);
            assertThat(run.getLog())
                    .containsSubsequence(
                            "first\n", "Resuming build at", "second\n", "after in true", "Finished: SUCCESS")
                    .containsSubsequence("Resuming build at", "slept a\n", "slept b\n", "after in true");
            assertThat(run.getLog().lines().filter("first"::equals)).hasSize(1);
            assertThat(run.getLog().lines().filter("second"::equals)).hasSize(1);
        }
    }

    @Test
    void saysWhyABuildCannotBeSaved() throws Exception {
        try (PipelineServer server = new PipelineServer(home)) {
            WorkflowRun run = server.run("def socket = new java.net.ServerSocket()\necho 'x'\necho \"${socket}\"");
            assertResult(run, Result.FAILURE);
            assertThat(run.getLog()).contains("java.io.NotSerializableException: java.net.ServerSocket");
        }
    }

    private static WorkflowRun onlyBuild() {
        return Jenkins.get().getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
    }

    private Process child(String script) throws Exception {
        Path file = home.resolveSibling(home.getFileName() + ".script");
        Files.writeString(file, script);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(
                        java,
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneBuild.class.getName(),
                        home.toString(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(new File(home.toFile(), "child.out"))
                .start();
    }

    /** Starts a server and one build of a script, in a JVM of its own that is there to be killed. */
    static final class OneBuild {
        public static void main(String[] args) throws Exception {
            PipelineServer server = new PipelineServer(Path.of(args[0]));
            server.finished(server.start(server.job("p", Files.readString(Path.of(args[1])))));
        }
    }
}
