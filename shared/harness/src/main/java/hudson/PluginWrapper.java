package hudson;

import hudson.model.ModelObject;
import java.io.File;
import java.net.URL;
import java.util.jar.Manifest;

/** An installed plugin. */
public class PluginWrapper implements Comparable<PluginWrapper>, ModelObject {
    /** Loads the classes of the plugin. */
    public final ClassLoader classLoader;

    /** Where the static files of the plugin are. */
    public final URL baseResourceURL;

    private final Manifest manifest;
    private final File archive;

    PluginWrapper(File archive, Manifest manifest, URL baseResourceURL, ClassLoader classLoader) {
        this.archive = archive;
        this.manifest = manifest;
        this.baseResourceURL = baseResourceURL;
        this.classLoader = classLoader;
    }

    public Manifest getManifest() {
        return manifest;
    }

    public String getShortName() {
        return manifest.getMainAttributes().getValue("Short-Name");
    }

    public String getLongName() {
        String name = manifest.getMainAttributes().getValue("Long-Name");
        return name == null ? getShortName() : name;
    }

    public String getVersion() {
        return Util.fixNull(manifest.getMainAttributes().getValue("Plugin-Version"));
    }

    @Override
    public String getDisplayName() {
        return getLongName();
    }

    public boolean isActive() {
        return true;
    }

    public boolean isEnabled() {
        return true;
    }

    @Override
    public int compareTo(PluginWrapper o) {
        return getShortName().compareTo(o.getShortName());
    }

    @Override
    public String toString() {
        return "Plugin:" + getShortName() + " from " + archive;
    }
}
