package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Descriptor;
import hudson.model.ManagementLink;
import hudson.model.ModelObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;

/** {@code /manage}: the management links and the global configuration. */
public final class ManagePages implements ModelObject {
    private final Jenkins jenkins;

    ManagePages(Jenkins jenkins) {
        this.jenkins = jenkins;
    }

    @Override
    public String getDisplayName() {
        return PageTexts.get("Manage");
    }

    /** The links the caller may follow, by category. */
    public Map<ManagementLink.Category, List<ManagementLink>> getLinks() {
        Map<ManagementLink.Category, List<ManagementLink>> links = new TreeMap<>();
        for (ManagementLink link : jenkins.getManagementLinks()) {
            if (link.getIconFileName() != null && jenkins.hasPermission(link.getRequiredPermission())) {
                links.computeIfAbsent(link.getCategory(), c -> new ArrayList<>())
                        .add(link);
            }
        }
        return links;
    }

    /** What the configuration page draws, section by section. */
    public List<GlobalConfiguration> getConfigurations() {
        return JenkinsPages.globalConfigurations();
    }

    /** The page of a management link. */
    public Object getDynamic(String token) {
        for (ManagementLink link : jenkins.getManagementLinks()) {
            if (token.equals(link.getUrlName()) && jenkins.hasPermission(link.getRequiredPermission())) {
                return link;
            }
        }
        return null;
    }

    /** So that fields on the configuration page find their descriptors. */
    public Descriptor<?> getDescriptorByName(String id) {
        return jenkins.getDescriptorByName(id);
    }
}
