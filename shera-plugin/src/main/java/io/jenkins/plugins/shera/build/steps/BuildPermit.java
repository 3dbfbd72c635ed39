package io.jenkins.plugins.shera.build.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.shera.build.config.DebugToolConfiguration;
import io.jenkins.plugins.shera.build.tools.DebugVariant;
import io.jenkins.plugins.shera.build.tools.ToolBundle;
import io.jenkins.plugins.shera.build.tools.ToolList;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.util.ArrayList;
import java.util.List;

/** Makes of the step's parameters an order that may be carried out, or says why not; talks to nobody. */
final class BuildPermit {
    private static final int LONGEST_TIMEOUT = 24 * 60 * 60;
    private static final int MOST_TAGS = 20;

    private BuildPermit() {}

    static BuildOrder of(BuildImageStep step, Run<?, ?> run, Surroundings around) throws AbortException {
        try {
            String image = ImageReference.ofRepository(step.getImage()).repository();
            List<String> tags = tags(step.getTags());
            path("dockerfile", step.getDockerfile());
            path("context", step.getContext());
            if (step.getTimeout() < 1 || step.getTimeout() > LONGEST_TIMEOUT) {
                throw new IllegalArgumentException(
                        "timeout is " + step.getTimeout() + ": give seconds from 1 to " + LONGEST_TIMEOUT + ".");
            }
            if (step.getGit() == null && (step.getBranch() != null || step.getCredentialsId() != null)) {
                throw new IllegalArgumentException("branch and credentialsId mean nothing without git: give git too.");
            }
            ImageOptions options = ImageOptions.of(step);
            TenantContext tenant = TenantContext.forRun(run, step.getTenant(), SheraPermissions.BUILD);
            String registry = registry(around.registry(step.getRegistry(), tenant.tenant()), tenant);
            tenant.registry(registry);
            String id = tenant.tenant().getId();
            List<ToolBundle> tools = ToolList.read(
                    step.getDebugTools(), DebugToolConfiguration.get().of(id));
            if (!tools.isEmpty()) {
                tags.forEach(tag -> ImageReference.checkTag(tag + DebugVariant.SUFFIX));
            }
            return new BuildOrder(step, image, tags, tools, options, id, registry, tenant.actor());
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot build the image " + Quoted.of(step.getImage()) + ". " + e.getMessage());
        }
    }

    private static String registry(String chosen, TenantContext tenant) {
        if (chosen != null) {
            return chosen;
        }
        List<String> all = tenant.tenant().getRegistries();
        if (all.size() != 1) {
            throw new IllegalArgumentException("The tenant " + tenant.tenant().getId() + " has " + all.size()
                    + " registries: say which one by the parameter registry.");
        }
        return all.get(0);
    }

    private static List<String> tags(String text) {
        List<String> tags = new ArrayList<>();
        for (String tag : text == null ? new String[0] : text.split("[,\\s]+")) {
            if (!tag.isEmpty() && !tags.contains(tag)) {
                tags.add(ImageReference.checkTag(tag));
            }
        }
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException("There are more than " + MOST_TAGS + " tags.");
        }
        return tags;
    }

    private static void path(String parameter, String path) {
        boolean climbs = List.of(path.split("/")).contains("..");
        if (climbs || path.startsWith("/") || path.indexOf('\0') >= 0 || path.length() > 1000) {
            throw new IllegalArgumentException(
                    parameter + " is " + Quoted.of(path) + ": give a path inside the workspace, without '..'.");
        }
    }
}
