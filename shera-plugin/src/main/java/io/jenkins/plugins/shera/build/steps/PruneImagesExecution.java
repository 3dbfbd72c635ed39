package io.jenkins.plugins.shera.build.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.build.records.Retention;
import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Safe to repeat: what is gone is not looked at again, and the rest is decided anew. */
final class PruneImagesExecution extends SynchronousNonBlockingStepExecution<PruneResult> {
    private static final long serialVersionUID = 1L;

    private final PruneImagesStep step;

    PruneImagesExecution(PruneImagesStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected PruneResult run() throws Exception {
        Run<?, ?> build = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        try {
            Tenant tenant = TenantContext.forRun(build, step.getTenant(), SheraPermissions.BUILD)
                    .tenant();
            Retention retention =
                    new Retention(tenant, step.getRegistry() == null ? "" : step.getRegistry(), step.getImage());
            RetentionPlan plan = retention.plan(step.getKeep(), step.tags());
            for (RetentionPlan.Line line : plan.lines()) {
                listener.getLogger()
                        .println(line.digest().shortHex() + " " + line.tags() + " " + line.build() + ": "
                                + Retention.words(line));
            }
            if (!step.isDryRun()) {
                retention.apply(plan, build);
                plan.lines().stream()
                        .filter(line -> line.why() == RetentionPlan.Why.BUSY)
                        .forEach(line ->
                                listener.getLogger().println(line.digest().shortHex() + " " + Retention.words(line)));
            }
            PruneResult result = new PruneResult(retention.name(), plan, step.isDryRun());
            listener.getLogger()
                    .println(
                            step.isDryRun()
                                    ? Messages.PruneImagesExecution_dry(
                                            result.getDeleted().size(), retention.name())
                                    : Messages.PruneImagesExecution_done(
                                            result.getDeleted().size(), retention.name()));
            return result;
        } catch (Refusal e) {
            throw new AbortException(e.getMessage());
        }
    }
}
