package io.jenkins.plugins.shera.deploy.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.deploy.middleware.Template;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** Which images middleware runs, none at first; configuration as code knows it as {@code sheraMiddleware}. */
@Extension
@Symbol("sheraMiddleware")
public class MiddlewareConfiguration extends GlobalConfiguration {
    private List<MiddlewareImage> images = new ArrayList<>();

    /** Reads what was saved. */
    public MiddlewareConfiguration() {
        load();
    }

    /** The one instance. */
    public static MiddlewareConfiguration get() {
        return ExtensionList.lookupSingleton(MiddlewareConfiguration.class);
    }

    public synchronized List<MiddlewareImage> getImages() {
        return List.copyOf(images);
    }

    /** Replaces them all; needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setImages(List<MiddlewareImage> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<MiddlewareImage> checked = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        Set<String> seen = new HashSet<>();
        for (MiddlewareImage each : checked) {
            String where = each.getTemplate() + " " + each.getVersion();
            try {
                Template.of(each.getTemplate());
                ImageReference.parse(each.getImage());
            } catch (IllegalArgumentException e) {
                throw Refusal.input(where, e.getMessage(), Messages.MiddlewareConfiguration_image_next());
            }
            if (!each.getVersion().matches("[0-9][0-9A-Za-z._-]{0,29}")) {
                throw Refusal.input(
                        where,
                        Messages.MiddlewareConfiguration_version(),
                        Messages.MiddlewareConfiguration_version_next());
            }
            if (!seen.add(where)) {
                throw Refusal.input(
                        where, Messages.MiddlewareConfiguration_twice(), Messages.MiddlewareConfiguration_twice_next());
            }
        }
        images = checked;
        save();
    }

    /** Images of a template by version, the usual one first. */
    public Map<String, String> of(Template template) {
        Map<String, String> found = new LinkedHashMap<>();
        for (MiddlewareImage each : getImages()) {
            if (each.getTemplate().equals(template.id())) {
                found.put(each.getVersion(), each.getImage());
            }
        }
        return found;
    }
}
