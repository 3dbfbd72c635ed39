package io.jenkins.plugins.shera.monitoring.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.monitoring.config.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.desk.Changes;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdDesk;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Seconds long and safe to repeat: setting the same thresholds again changes no rule. */
final class SetThresholdsExecution extends SynchronousNonBlockingStepExecution<ThresholdsResult> {
    private static final long serialVersionUID = 1L;

    private final SetThresholdsStep step;

    SetThresholdsExecution(SetThresholdsStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected ThresholdsResult run() throws Exception {
        Run<?, ?> build = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        try {
            TenantContext context = TenantContext.forRun(build, step.getTenant(), SheraPermissions.ALERT);
            checkPlace(context);
            return set(context, build, listener);
        } catch (Refusal | InvalidThresholdException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private void checkPlace(TenantContext context) {
        if (step.getApplication().isEmpty()) {
            if (!step.getEnvironment().isEmpty()) {
                throw Refusal.input(
                        "environment",
                        Messages.SetThresholdsExecution_noApplication(),
                        Messages.SetThresholdsExecution_noApplication_next());
            }
            return;
        }
        Application application = context.application(step.getApplication());
        if (!step.getEnvironment().isEmpty()) {
            context.environment(application, step.getEnvironment());
        }
    }

    private ThresholdsResult set(TenantContext context, Run<?, ?> build, TaskListener listener)
            throws IOException, InterruptedException {
        List<Threshold> wanted =
                step.getThresholds().stream().map(ThresholdSettings::read).toList();
        String tenant = context.tenant().getId();
        String place = tenant
                + (step.getApplication().isEmpty() ? "" : "/" + step.getApplication())
                + (step.getEnvironment().isEmpty() ? "" : "/" + step.getEnvironment());
        AuditLine line = AuditLine.of("thresholds.set", place).tenant(tenant).from(build);
        ThresholdDesk.Outcome outcome;
        try {
            outcome = ThresholdDesk.set(
                    context.tenant(),
                    new ThresholdDesk.Spot(step.getApplication(), step.getEnvironment()),
                    wanted,
                    -1,
                    plan -> {
                        for (RuleChange change : plan) {
                            listener.getLogger().println(Changes.text(change));
                        }
                    });
        } catch (IOException e) {
            line.failed(String.valueOf(e.getMessage()));
            throw new AbortException(Messages.SetThresholdsExecution_failed(place, e.getMessage()));
        }
        line.done();
        Changes.tell(
                tenant,
                outcome.changes(),
                context.starter(),
                entry -> entry.linked(build.getFullDisplayName(), "/" + build.getUrl()));
        listener.getLogger()
                .println(Messages.SetThresholdsExecution_done(
                        outcome.changes().size(), outcome.version(), String.join(", ", outcome.servers())));
        return new ThresholdsResult(
                outcome.version(), outcome.changes().stream().map(Changes::text).toList(), outcome.servers());
    }
}
