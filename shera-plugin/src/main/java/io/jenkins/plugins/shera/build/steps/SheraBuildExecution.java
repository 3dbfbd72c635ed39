package io.jenkins.plugins.shera.build.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.build.source.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Carries one build through source, Maven with the analysis, the gate, and the image, which alone can carry the gate's word. */
final class SheraBuildExecution extends PhasedExecution {
    private static final long serialVersionUID = 1L;

    private final SheraBuildOrder order;
    private final QualityState state = new QualityState();
    private volatile Revision revision;
    private volatile boolean built;
    private volatile QualityVerdict verdict;

    SheraBuildExecution(StepContext context, SheraBuildOrder order) {
        super(context, "build " + order.image.image, order.image.actor, order.image.timeoutSeconds);
        this.order = order;
    }

    @Override
    SheraBuildResult carryOut() throws Exception {
        StepContext context = getContext();
        BuildSite site = new BuildSite(context, order.image, cookie);
        Recipe recipe = new Recipe(order, context);
        if (revision == null) {
            revision = order.artifact == null ? site.source() : recipe.unpackUploaded();
            save();
        }
        if (!built) {
            build(context);
            built = true;
            save();
        }
        if (verdict == null) {
            verdict = order.quality == null
                    ? QualityVerdict.notRun()
                    : new QualityCheck(order.quality, state, context, cookie).conclude();
            save();
        }
        QualityVerdict bound = order.quality == null ? verdict : bound(context);
        List<String> tags = recipe.tags(revision);
        BuildOrder image = order.image.with(recipe.dockerfile());
        ImageResult result = new BuildSite(context, image, cookie).image(revision, tags, bound);
        return new SheraBuildResult(result, bound);
    }

    private void build(StepContext context) throws IOException, InterruptedException {
        if (order.quality != null) {
            new QualityCheck(order.quality, state, context, cookie).analyse(revision);
        } else if (order.maven != null) {
            new MavenSite(order.maven, context, cookie).run(revision, List.of(), Map.of(), "");
        }
    }

    /** The gate's word counts only while every file is as it was when the analysis was sent. */
    private QualityVerdict bound(StepContext context) throws IOException, InterruptedException {
        Analysis analysis = new Analysis(order.quality, null, context, cookie);
        boolean same = !verdict.getTree().isEmpty()
                && verdict.getTree().equals(analysis.tree(revision))
                && verdict.getCommit().equals(revision.commit());
        if (same || verdict.getGate().equals(QualityVerdict.NOT_RUN)) {
            return verdict;
        }
        context.get(TaskListener.class)
                .getLogger()
                .println("WARNING: the workspace is not as it was when it was analysed, so the image does not carry the"
                        + " gate's word: its label says unbound.");
        return verdict.unbound();
    }

    @Override
    void endLeftovers() throws IOException, InterruptedException {
        new BuildSite(getContext(), order.image, cookie).endLeftovers();
    }

    @Override
    String phase() {
        return revision == null ? "source" : !built ? "build" : verdict == null ? "waiting for SonarQube" : "image";
    }
}
