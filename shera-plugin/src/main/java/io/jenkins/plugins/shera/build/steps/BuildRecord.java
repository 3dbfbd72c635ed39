package io.jenkins.plugins.shera.build.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.records.ImageOrigin;
import io.jenkins.plugins.shera.build.records.ImageOrigins;
import io.jenkins.plugins.shera.build.source.Commits;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.Starter;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;

/** Writes down that an image was made: on the build, by digest, in the audit trail and on the application's timeline. */
final class BuildRecord {
    private static final int FINGERPRINT = 32;

    private final BuildOrder order;
    private final Run<?, ?> run;

    BuildRecord(BuildOrder order, Run<?, ?> run) {
        this.order = order;
        this.run = run;
    }

    void write(ImageResult image, List<String> tags, ImageTask.Report report, String gate, Commits commits)
            throws IOException {
        Integer components =
                report.sboms().isEmpty() ? null : report.sboms().get(0).components();
        ImageAction.put(
                run,
                new ImageAction(
                        image.getName(),
                        tags,
                        image.getDigest(),
                        image.getCommit(),
                        image.getSize(),
                        components,
                        report.base(),
                        commits));
        String digits = image.getDigest().substring(image.getDigest().indexOf(':') + 1);
        // Jenkins takes 32 digits; Docker Commons cuts a digest in the same way, so that both mean the same image.
        Jenkins.get()
                .getFingerprintMap()
                .getOrCreate(run, image.getReference(), digits.substring(0, FINGERPRINT))
                .addFor(run);
        ImageOrigins.get()
                .put(
                        order.tenant,
                        new ImageOrigin(
                                image.getReference(),
                                image.getCommit(),
                                run.getExternalizableId(),
                                run.getUrl(),
                                gate));
        if (report.sent() > 0) {
            AuditLine.of("image.push", image.getReference())
                    .tenant(order.tenant)
                    .from(run)
                    .after(new String(
                            Json.write(Json.object().put("tags", String.join(" ", tags))), StandardCharsets.UTF_8))
                    .done();
        }
        Application application = SheraConfiguration.get().application(order.tenant, EntryNames.last(order.image));
        if (application != null) {
            Timelines.get()
                    .append(
                            application,
                            TimelineEntry.now(
                                            TimelineEntry.Kind.IMAGE,
                                            image.getReference(),
                                            image.getCommit(),
                                            Starter.of(run, order.actor),
                                            "")
                                    .linked(run.getFullDisplayName(), "/" + run.getUrl()));
        }
    }
}
