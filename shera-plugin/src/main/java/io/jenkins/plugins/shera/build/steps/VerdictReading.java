package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.build.sonar.ComputeTask;
import io.jenkins.plugins.shera.build.sonar.GateReading;
import io.jenkins.plugins.shera.build.sonar.SonarClient;
import io.jenkins.plugins.shera.build.sonar.SonarException;
import io.jenkins.plugins.shera.build.sonar.TaskWait;
import io.jenkins.plugins.shera.build.webhook.AnalysisSignals;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Waits for SonarQube's word on one task, and makes sure that it is a word on what we sent. */
final class VerdictReading {
    private final QualityOrder order;
    private final QualityState state;
    private final SonarSession session;
    private final PrintStream log;
    private final SonarClient client;
    private List<String> failed = List.of();

    VerdictReading(QualityOrder order, QualityState state, SonarSession session, PrintStream log) {
        this.order = order;
        this.state = state;
        this.session = session;
        this.log = log;
        this.client = session.client();
    }

    /** The conditions the gate failed on. */
    List<String> failed() {
        return failed;
    }

    QualityVerdict read() throws SonarException, InterruptedException {
        AnalysisSignals signals = AnalysisSignals.get();
        ComputeTask task;
        try {
            task = new TaskWait(
                            client::task,
                            longest -> signals.await(state.taskId, longest),
                            Clock.systemUTC(),
                            log::println)
                    .await(state.taskId, Instant.ofEpochMilli(state.deadline));
        } finally {
            signals.forget(state.taskId);
        }
        check(task);
        GateReading gate = client.gate(task.analysisId());
        checkGate();
        failed = gate.failed();
        String revision = client.revision(order.projectKey, task.analysisId());
        if (!state.commit.isEmpty() && !revision.equals(state.commit)) {
            throw refused(
                    "its revision is " + (revision.isEmpty() ? "not known" : revision) + " and not " + state.commit);
        }
        List<String> exclusions = new ArrayList<>(state.exclusions);
        exclusions.addAll(serverExclusions());
        return new QualityVerdict.Builder(gate.status())
                .of(order.projectKey, state.commit, state.tree)
                .by(session.url(), state.taskId, task.analysisId())
                .found(measures(task.analysisId()), exclusions)
                .build();
    }

    private void checkGate() throws SonarException, InterruptedException {
        String has = order.gate == null ? null : client.gateOf(order.projectKey);
        if (has != null && !has.equals(order.gate)) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "The project " + order.projectKey + " is judged by the quality gate " + Quoted.of(has)
                            + " and this build demands " + Quoted.of(order.gate)
                            + ": choose it in SonarQube, Project Settings, Quality Gate, or correct qualityGate.");
        }
    }

    private void check(ComputeTask task) throws SonarException {
        if (!task.isGood()) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "SonarQube could not work off the analysis (task " + task.id() + " is " + task.status()
                            + (task.error().isEmpty() ? "" : ": " + task.error())
                            + "): see the project's background tasks there.");
        }
        if (!task.component().equals(order.projectKey)) {
            throw refused("it is of the project " + task.component() + " and not of " + order.projectKey);
        }
        if (!task.branch().isEmpty()) {
            throw refused("it is of the branch or pull request " + task.branch());
        }
        if (task.submittedAt().isBefore(Instant.ofEpochMilli(state.before).truncatedTo(ChronoUnit.SECONDS))) {
            throw refused("it is older than this build");
        }
    }

    private static SonarException refused(String why) {
        return new SonarException(
                SonarException.Kind.REFUSED,
                "The analysis that the scanner named is not the one of this build: " + why
                        + ". See what in the build overrides what SheRa gives the scanner, and remove it.");
    }

    /** The server tells measures of the newest analysis alone; those of another are not this build's. */
    private Map<String, String> measures(String analysisId) throws SonarException, InterruptedException {
        Map<String, String> measures = client.measures(order.projectKey);
        if (client.newest(order.projectKey).equals(analysisId)) {
            return measures;
        }
        log.println("WARNING: a newer analysis of " + order.projectKey
                + " came in meanwhile, so the measures of this one are not to be had.");
        return Map.of();
    }

    private List<String> serverExclusions() throws SonarException, InterruptedException {
        try {
            return client.exclusions(order.projectKey);
        } catch (SonarException e) {
            if (e.kind() == SonarException.Kind.DOWN) {
                throw e;
            }
            log.println(
                    "WARNING: the token may not read the project's settings, so exclusions set there are not recorded.");
            return List.of();
        }
    }
}
