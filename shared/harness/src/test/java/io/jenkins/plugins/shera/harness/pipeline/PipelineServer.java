package io.jenkins.plugins.shera.harness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Action;
import hudson.model.Hudson;
import hudson.model.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** A Jenkins without pages, on a folder; several may follow each other on the same one. */
public final class PipelineServer implements AutoCloseable {
    private final Jenkins jenkins;

    public PipelineServer(Path home) throws Exception {
        jenkins = new Hudson(home.toFile(), null);
    }

    /** A new job with this script. */
    public WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Starts a build. */
    public WorkflowRun start(WorkflowJob job, Action... actions) throws Exception {
        return job.scheduleBuild2(0, actions).getStartCondition().get(30, TimeUnit.SECONDS);
    }

    /** Runs a script in a job of its own to its end. */
    public WorkflowRun run(String script) throws Exception {
        return finished(start(job("job-" + (jenkins.getItems().size() + 1), script)));
    }

    /** Waits for the end of the build. */
    public WorkflowRun finished(WorkflowRun run) {
        await().atMost(Duration.ofSeconds(60)).until(() -> !run.isBuilding());
        return run;
    }

    /** Waits until the log has the text. */
    public void logged(WorkflowRun run, String text) {
        await().atMost(Duration.ofSeconds(60)).until(() -> run.getLog().contains(text));
    }

    /** Fails unless the build ended so; shows its log. */
    public static void assertResult(WorkflowRun run, Result expected) throws IOException {
        assertThat(run.getResult()).as(run.getLog()).isEqualTo(expected);
    }

    @Override
    public void close() {
        jenkins.cleanUp();
    }
}
