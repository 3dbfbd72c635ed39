package io.jenkins.plugins.shera.build.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.build.records.Retention;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Deletes images that were built here and that nothing needs any more: {@code pruneImages(image: 'shop', keep: 10)}. */
public class PruneImagesStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String image;
    private String registry;
    private int keep = Retention.USUAL;
    private String keepTags = DescriptorImpl.KEEP_TAGS;
    private boolean dryRun;
    private String tenant;

    /** {@code image} is the name without registry and tag. */
    @DataBoundConstructor
    public PruneImagesStep(String image) {
        this.image = Util.fixNull(image).trim();
    }

    public String getImage() {
        return image;
    }

    /** Id of the registry; null for the tenant's only one. */
    public String getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    /** How many of the newest images stay in any case. */
    public int getKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(int keep) {
        this.keep = keep;
    }

    /** Tags, separated by commas or spaces, with {@code *} and {@code ?}: what they stand for stays. */
    public String getKeepTags() {
        return keepTags;
    }

    @DataBoundSetter
    public void setKeepTags(String keepTags) {
        this.keepTags = Util.fixNull(keepTags).trim();
    }

    /** Whether it is only said what would be deleted. */
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    List<String> tags() {
        return Retention.tags(keepTags);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PruneImagesExecution(this, context);
    }

    /** Form and name of the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        /** Tags that keep their image unless told otherwise. */
        public static final String KEEP_TAGS = Retention.USUAL_TAGS;

        @Override
        public String getFunctionName() {
            return "pruneImages";
        }

        @Override
        public String getDisplayName() {
            return Messages.PruneImagesStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            return namedArgs.get("image") instanceof String name ? name : null;
        }
    }
}
