package io.jenkins.plugins.shera.build.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.build.pages.QualityAction;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.build.sonar.ProjectSettings;
import io.jenkins.plugins.shera.build.sonar.ReportTask;
import io.jenkins.plugins.shera.build.sonar.SonarException;
import io.jenkins.plugins.shera.build.source.Revision;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A check of quality in two phases, each of which can be repeated: the analysis, and the waiting for the gate. */
final class QualityCheck {
    private final QualityOrder order;
    private final QualityState state;
    private final StepContext context;
    private final String cookie;
    private final PrintStream log;

    QualityCheck(QualityOrder order, QualityState state, StepContext context, String cookie)
            throws IOException, InterruptedException {
        this.order = order;
        this.state = state;
        this.context = context;
        this.cookie = cookie;
        this.log = context.get(TaskListener.class).getLogger();
    }

    /** Ends what an earlier run left behind on the agent. */
    void endLeftovers() throws IOException, InterruptedException {
        analysis(null).endLeftovers();
    }

    private Analysis analysis(SonarSession session) throws IOException, InterruptedException {
        return new Analysis(order, session, context, cookie);
    }

    /** Runs the scanner; {@code known} is the revision of a fresh checkout, null to ask git. */
    void analyse(Revision known) throws IOException, InterruptedException {
        SonarSession session = SonarSession.of(order.tenant, order.server);
        Analysis analysis = analysis(session);
        Revision revision = known == null ? analysis.revision() : known;
        ProjectSettings settings = analysis.settings();
        state.commit = revision.commit();
        try {
            String version = session.client().ping();
            state.before = session.client().now().toEpochMilli();
            log.println("Analysing " + order.projectKey + " with SonarQube " + version + " at " + session.url());
            ReportTask task;
            try {
                task = analysis.run(settings, revision, version);
            } catch (AbortException e) {
                session.client().ping();
                throw e;
            }
            state.exclusions.clear();
            state.exclusions.addAll(settings.exclusions());
            state.tree = analysis.tree(revision);
            state.taskId = task.taskId();
            log.println("SonarQube works on the analysis: task " + state.taskId);
        } catch (SonarException e) {
            unavailable(e);
            state.taskId = "";
            analysis.buildAlone(settings, revision);
        }
        state.deadline =
                Instant.now().plus(Duration.ofSeconds(order.waitSeconds)).toEpochMilli();
        state.analysed = true;
    }

    /** Waits, reads the gate, notes it on the build, and does what the order wants done about it. */
    QualityVerdict conclude() throws IOException, InterruptedException {
        if (state.taskId.isEmpty()) {
            return noted(QualityVerdict.notRun(), List.of());
        }
        QualityVerdict verdict;
        VerdictReading reading = new VerdictReading(order, state, SonarSession.of(order.tenant, order.server), log);
        try {
            verdict = reading.read();
        } catch (SonarException e) {
            unavailable(e);
            return noted(QualityVerdict.notRun(), List.of());
        }
        noted(verdict, reading.failed());
        if (state.tree.isEmpty()) {
            log.println("WARNING: tracked files differ from the commit, or there is no version control:"
                    + " what is built from here will not carry this quality.");
        }
        if (verdict.getGate().equals(QualityVerdict.ERROR)) {
            follow(
                    order.onGateFailure,
                    "The quality gate of " + order.projectKey + " failed: " + String.join("; ", reading.failed())
                            + ". See " + QualityAction.dashboard(verdict) + ".");
        } else {
            log.println("The quality gate of " + order.projectKey + " says " + verdict.getGate() + ": "
                    + QualityAction.dashboard(verdict));
        }
        return verdict;
    }

    private QualityVerdict noted(QualityVerdict verdict, List<String> failed) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        QualityAction.put(run, new QualityAction(verdict, failed));
        new QualityRecord(order, run).write(verdict);
        return verdict;
    }

    /** A SonarQube that is away is another matter than a gate that failed; a wrong token or key is neither. */
    private void unavailable(SonarException e) throws IOException, InterruptedException {
        if (e.kind() != SonarException.Kind.DOWN) {
            throw e;
        }
        follow(order.onUnavailable, "SonarQube is not available, so the quality was not checked. " + e.getMessage());
    }

    private void follow(OnFailure what, String message) throws IOException, InterruptedException {
        if (what == OnFailure.FAIL) {
            throw new AbortException(message);
        }
        log.println("WARNING: " + message);
        if (what == OnFailure.UNSTABLE) {
            context.get(Run.class).setResult(Result.UNSTABLE);
            FlowNode node = context.get(FlowNode.class);
            if (node != null) {
                node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
            }
        }
    }
}
