package io.jenkins.plugins.shera.build.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.platform.access.Starter;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;

/** Writes an analysis on the timeline of the application that has the name of the project, where there is one. */
final class QualityRecord {
    private final QualityOrder order;
    private final Run<?, ?> run;

    QualityRecord(QualityOrder order, Run<?, ?> run) {
        this.order = order;
        this.run = run;
    }

    void write(QualityVerdict verdict) throws IOException {
        String name = order.projectKey.substring(order.projectKey.lastIndexOf(':') + 1);
        Application application = SheraConfiguration.get().application(order.tenant, name);
        if (application == null) {
            return;
        }
        Timelines.get()
                .append(
                        application,
                        TimelineEntry.now(
                                        TimelineEntry.Kind.ANALYSIS,
                                        Messages._QualityRecord_analysed(verdict.getGate()),
                                        verdict.getCommit(),
                                        Starter.of(run, order.actor),
                                        "")
                                .linked(run.getFullDisplayName(), "/" + run.getUrl()));
    }
}
