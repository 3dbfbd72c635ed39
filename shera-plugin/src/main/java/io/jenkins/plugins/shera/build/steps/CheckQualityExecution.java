package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Carries one check of quality through analysis and waiting. */
final class CheckQualityExecution extends PhasedExecution {
    private static final long serialVersionUID = 1L;

    private final QualityOrder order;
    private final QualityState state = new QualityState();

    CheckQualityExecution(StepContext context, QualityOrder order, int timeoutSeconds) {
        super(context, "check the quality of " + order.projectKey, order.actor, timeoutSeconds);
        this.order = order;
    }

    @Override
    QualityVerdict carryOut() throws IOException, InterruptedException {
        QualityCheck check = new QualityCheck(order, state, getContext(), cookie);
        if (!state.analysed) {
            check.analyse(null);
            save();
        }
        return check.conclude();
    }

    @Override
    void endLeftovers() throws IOException, InterruptedException {
        new QualityCheck(order, state, getContext(), cookie).endLeftovers();
    }

    @Override
    String phase() {
        return state.analysed ? "waiting for SonarQube" : "analysis";
    }
}
