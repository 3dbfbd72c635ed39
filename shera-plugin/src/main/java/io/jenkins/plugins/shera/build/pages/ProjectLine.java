package io.jenkins.plugins.shera.build.pages;

import io.jenkins.plugins.shera.platform.config.Tenant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A project in the list, with its last build. */
@ExportedBean(defaultVisibility = 999)
public class ProjectLine {
    final Tenant tenant;
    final WorkflowJob job;

    ProjectLine(Tenant tenant, WorkflowJob job) {
        this.tenant = tenant;
        this.job = job;
    }

    @Exported
    public final String getName() {
        return job.getName();
    }

    @Exported
    public final String getUrl() {
        return ProjectsPage.address(tenant) + "/project/" + job.getName();
    }

    /** The newest build; null when nothing was built. */
    @Exported
    public final RunFacts getLast() {
        WorkflowRun last = job.getLastBuild();
        return last == null ? null : new RunFacts(tenant, last);
    }

    /** The newest gate that was asked for; empty when there is none. */
    @Exported
    public final String getGate() {
        for (WorkflowRun run = job.getLastBuild(); run != null; run = run.getPreviousBuild()) {
            QualityAction quality = run.getAction(QualityAction.class);
            if (quality != null) {
                return quality.getGate();
            }
        }
        return "";
    }

    /** The newest image; empty when there is none. */
    @Exported
    public final String getImage() {
        for (WorkflowRun run = job.getLastBuild(); run != null; run = run.getPreviousBuild()) {
            ImageAction image = run.getAction(ImageAction.class);
            if (image != null) {
                return image.getReference();
            }
        }
        return "";
    }
}
