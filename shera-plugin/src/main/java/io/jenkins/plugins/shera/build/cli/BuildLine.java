package io.jenkins.plugins.shera.build.cli;

import hudson.model.Result;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.pages.QualityAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** One build on one line. */
final class BuildLine {
    private BuildLine() {}

    /** Number, result, gate, image, separated by tabs; {@code -} for what there is not. */
    static String of(WorkflowRun run) {
        Result result = run == null || run.isBuilding() ? null : run.getResult();
        QualityAction quality = run == null ? null : run.getAction(QualityAction.class);
        ImageAction image = run == null ? null : run.getAction(ImageAction.class);
        return String.join(
                "\t",
                run == null ? "-" : "#" + run.getNumber(),
                result == null ? "-" : result.toString(),
                quality == null ? "-" : quality.getGate(),
                image == null ? "-" : image.getReference());
    }
}
