package io.jenkins.plugins.shera.platform.pages;

import hudson.PluginWrapper;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What runs here in which version: Jenkins, Java, and the plugins of SheRa. */
@ExportedBean(defaultVisibility = 999)
public final class VersionFacts {
    private final String name;
    private final String version;

    private VersionFacts(String name, String version) {
        this.name = name;
        this.version = version;
    }

    static List<VersionFacts> all() {
        List<VersionFacts> all = new ArrayList<>();
        all.add(new VersionFacts("Jenkins", Jenkins.VERSION));
        all.add(new VersionFacts("Java", Runtime.version().toString()));
        for (PluginWrapper plugin : Jenkins.get().getPluginManager().getPlugins()) {
            if (plugin.getShortName().equals("shera") || plugin.getShortName().startsWith("shera-")) {
                all.add(new VersionFacts(plugin.getShortName(), plugin.getVersion()));
            }
        }
        return all;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getVersion() {
        return version;
    }
}
