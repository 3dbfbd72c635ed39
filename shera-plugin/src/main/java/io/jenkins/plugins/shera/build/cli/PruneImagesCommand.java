package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.build.records.Retention;
import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-prune-images TENANT IMAGE [--registry ID] [--keep N] [--keep-tags TAGS] [-y]}: digest, {@code stays} or {@code goes}, tags, build and
 * why, one image a line, separated by tabs; deletes with {@code -y} alone.
 */
@Extension
public class PruneImagesCommand extends ProjectCommand {
    @Argument(index = 1, metaVar = "IMAGE", usage = "name of the image without registry and tag", required = true)
    public String image;

    @Option(name = "--registry", metaVar = "ID", usage = "id of the registry, when the tenant has several")
    public String registry = "";

    @Option(name = "--keep", metaVar = "N", usage = "how many of the newest stay in any case")
    public int keep = Retention.USUAL;

    @Option(name = "--keep-tags", metaVar = "TAGS", usage = "tags whose images stay, with * and ?")
    public String keepTags = Retention.USUAL_TAGS;

    @Option(name = "-y", usage = "delete, and not only say what would be deleted")
    public boolean really;

    @Override
    public String getName() {
        return "shera-prune-images";
    }

    @Override
    public String getShortDescription() {
        return Messages.PruneImagesCommand_description();
    }

    @Override
    protected String change() {
        return really ? "image.prune" : "";
    }

    @Override
    protected String subject() {
        return image;
    }

    @Override
    protected int work() throws Exception {
        Retention retention = new Retention(owner(SheraPermissions.BUILD), registry, image);
        RetentionPlan plan = retention.plan(keep, Retention.tags(keepTags));
        for (RetentionPlan.Line line : plan.lines()) {
            stdout.println(String.join(
                    "\t",
                    line.digest().toString(),
                    line.goes() ? "goes" : "stays",
                    String.join(" ", line.tags()),
                    line.build(),
                    Retention.words(line)));
        }
        if (really) {
            retention.apply(plan, null);
        }
        return 0;
    }
}
