package io.jenkins.plugins.shera.build.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.build.tools.ToolBundle;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The catalogue of debug tools; configuration as code knows it as {@code sheraDebugTools}. */
@Extension
@Symbol("sheraDebugTools")
public class DebugToolConfiguration extends GlobalConfiguration {
    private List<DebugTool> tools = new ArrayList<>();

    /** Reads what was saved. */
    public DebugToolConfiguration() {
        load();
    }

    /** The one instance. */
    public static DebugToolConfiguration get() {
        return ExtensionList.lookupSingleton(DebugToolConfiguration.class);
    }

    public synchronized List<DebugTool> getTools() {
        return List.copyOf(tools);
    }

    /** Replaces them all; needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setTools(List<DebugTool> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<DebugTool> checked = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        List<String> seen = new ArrayList<>();
        for (DebugTool tool : checked) {
            try {
                ToolBundle.of(tool.getName(), tool.getImage());
            } catch (IllegalArgumentException e) {
                throw Refusal.input(tool.getName(), e.getMessage(), Messages.DebugToolConfiguration_image_next());
            }
            String key = tool.getName() + " " + tool.getTenants();
            if (seen.contains(key)) {
                throw Refusal.input(
                        tool.getName(),
                        Messages.DebugToolConfiguration_twice(),
                        Messages.DebugToolConfiguration_twice_next());
            }
            seen.add(key);
        }
        tools = checked;
        save();
    }

    /** The bundles builds of a tenant may name; one of the tenant's own goes before the platform's of the same name. */
    public List<ToolBundle> of(String tenant) {
        Map<String, ToolBundle> bundles = new LinkedHashMap<>();
        for (DebugTool tool : getTools()) {
            if (tool.serves(tenant) && (tool.isOfTenants() || !bundles.containsKey(tool.getName()))) {
                bundles.put(tool.getName(), ToolBundle.of(tool.getName(), tool.getImage()));
            }
        }
        return new ArrayList<>(bundles.values());
    }
}
