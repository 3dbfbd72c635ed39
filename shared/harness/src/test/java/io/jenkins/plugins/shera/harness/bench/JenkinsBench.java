package io.jenkins.plugins.shera.harness.bench;

import hudson.model.Hudson;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** Many Pipeline builds at once, the price of a step, and of a start. There is no peer: Jenkins is not on Maven Central. */
final class JenkinsBench {
    private static final int BUILDS = 200;
    private static final int STEPS = 1000;
    private static final int LIMIT_MINUTES = 10;

    private JenkinsBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        Bench bench = new Bench();
        Path home = Files.createTempDirectory("shera-bench-jenkins");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            long start = System.nanoTime();
            Jenkins jenkins = new Hudson(home.toFile(), null);
            bench.measure("start in an empty home, cold (ms)", millisSince(start))
                    .atMost(10_000);
            atOnce(bench, jenkins, "echo", "echo 'hello'");
            atOnce(bench, jenkins, "waiting", "echo 'hello'\nsleep 5\necho 'awake'");
            steps(bench, jenkins);
            jenkins.cleanUp();

            start = System.nanoTime();
            Jenkins again = new Hudson(home.toFile(), null);
            int found = 0;
            for (WorkflowJob job : again.getItems(WorkflowJob.class)) {
                found += job.getBuilds().size();
            }
            bench.measure("start in a home with " + found + " builds (ms)", millisSince(start))
                    .atMost(10_000);
            again.cleanUp();
        }
        bench.exit();
    }

    private static void atOnce(Bench bench, Jenkins jenkins, String name, String script) throws Exception {
        WorkflowJob job = job(jenkins, name, script);
        long start = System.nanoTime();
        List<Future<WorkflowRun>> queued = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            queued.add(job.scheduleBuild2(0));
        }
        int succeeded = 0;
        for (Future<WorkflowRun> build : queued) {
            WorkflowRun run = build.get(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (run.getResult() == Result.SUCCESS && run.getLog().contains("hello")) {
                succeeded++;
            }
        }
        String what = BUILDS + " " + name + " builds at once";
        bench.measure(what + ", lost (builds)", BUILDS - succeeded).atMost(0);
        bench.measure(what + ", wall clock (s)", millisSince(start) / 1000).atMost(60);
    }

    private static void steps(Bench bench, Jenkins jenkins) throws Exception {
        double one = Repeated.medianMillis(1, 3, () -> finished(job(jenkins, "", "echo 'x'")));
        double many = Repeated.medianMillis(
                1, 3, () -> finished(job(jenkins, "", "for (int i = 0; i < " + STEPS + "; i++) { echo 'x' }")));
        bench.measure("a build of one step (ms)", one).atMost(500);
        bench.measure("one more step (ms)", (many - one) / (STEPS - 1)).atMost(10);
    }

    private static WorkflowRun finished(WorkflowJob job) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).get(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (run.getResult() != Result.SUCCESS) {
            throw new IllegalStateException("The build was to succeed: " + run.getLog());
        }
        return run;
    }

    private static WorkflowJob job(Jenkins jenkins, String name, String script) throws Exception {
        String free = name.isEmpty() ? "job-" + (jenkins.getItems().size() + 1) : name;
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, free);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
