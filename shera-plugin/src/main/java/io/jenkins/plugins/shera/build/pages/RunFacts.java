package io.jenkins.plugins.shera.build.pages;

import hudson.model.Cause;
import hudson.model.Result;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.pages.Addresses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One build of a project. */
@ExportedBean(defaultVisibility = 999)
public class RunFacts {
    final Tenant tenant;
    final WorkflowRun run;

    RunFacts(Tenant tenant, WorkflowRun run) {
        this.tenant = tenant;
        this.run = run;
    }

    @Exported
    public final int getNumber() {
        return run.getNumber();
    }

    /** Address of the build here. */
    @Exported
    public final String getUrl() {
        return ProjectsPage.address(tenant) + "/project/" + run.getParent().getName() + "/run/" + run.getNumber();
    }

    /** Address of the build's own page in Jenkins. */
    @Exported
    public final String getBuildUrl() {
        return Addresses.root() + "/" + run.getUrl();
    }

    @Exported
    public final boolean isBuilding() {
        return run.isBuilding();
    }

    /** {@code SUCCESS}, {@code UNSTABLE}, {@code FAILURE}, {@code ABORTED}, {@code NOT_BUILT}; empty while it runs. */
    @Exported
    public final String getResult() {
        Result result = run.getResult();
        return result == null || run.isBuilding() ? "" : result.toString();
    }

    @Exported
    public final String getStartedAt() {
        return Instant.ofEpochMilli(run.getStartTimeInMillis()).toString();
    }

    /** Milliseconds; so far, while it runs. */
    @Exported
    public final long getDuration() {
        return run.isBuilding() ? System.currentTimeMillis() - run.getStartTimeInMillis() : run.getDuration();
    }

    /** Why it was started. */
    @Exported
    public final List<String> getCauses() {
        return run.getCauses().stream().map(Cause::getShortDescription).toList();
    }

    /** What was gone through. */
    @Exported
    public final List<PhasesAction.Phase> getPhases() {
        PhasesAction phases = run.getAction(PhasesAction.class);
        return phases == null ? List.of() : phases.getPhases();
    }

    /** The image; null when there is none. */
    @Exported
    public final ImageAction getImage() {
        return run.getAction(ImageAction.class);
    }

    /** The gate's word; null when it was not asked. */
    @Exported
    public final QualityAction getQuality() {
        return run.getAction(QualityAction.class);
    }

    /** SonarQube's measures by metric. */
    @Exported
    public final Map<String, String> getMeasures() {
        QualityAction quality = getQuality();
        return quality == null ? Map.of() : quality.verdict().getMeasures();
    }

    /** What was left out of the analysis. */
    @Exported
    public final List<String> getExclusions() {
        QualityAction quality = getQuality();
        return quality == null ? List.of() : quality.verdict().getExclusions();
    }
}
