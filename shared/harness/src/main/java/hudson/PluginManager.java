package hudson;

import hudson.model.AbstractModelObject;
import io.jenkins.plugins.shera.harness.plugins.InstalledPlugin;
import io.jenkins.plugins.shera.harness.plugins.LoaderGroup;
import io.jenkins.plugins.shera.harness.plugins.PluginFolder;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.util.io.OnMaster;

/** The installed plugins. */
public abstract class PluginManager extends AbstractModelObject implements OnMaster {
    protected final List<PluginWrapper> plugins = new CopyOnWriteArrayList<>();

    /** Where the archives are. */
    public final File rootDir;

    /** Sees the classes of all plugins. */
    public final ClassLoader uberClassLoader;

    protected PluginManager(ServletContext context, File rootDir) {
        this.rootDir = rootDir;
        ClassLoader here = Thread.currentThread().getContextClassLoader();
        this.uberClassLoader = load(rootDir, here == null ? PluginManager.class.getClassLoader() : here);
    }

    private ClassLoader load(File folder, ClassLoader core) {
        try {
            List<ClassLoader> loaders = new ArrayList<>();
            for (InstalledPlugin plugin : new PluginFolder(folder, core).load()) {
                plugins.add(new PluginWrapper(plugin.archive(), plugin.manifest(), plugin.base(), plugin.loader()));
                loaders.add(plugin.loader());
            }
            return loaders.isEmpty() ? core : new LoaderGroup(core, loaders);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot load the plugins in " + folder, e);
        }
    }

    public List<PluginWrapper> getPlugins() {
        return Collections.unmodifiableList(plugins);
    }

    /** The plugin of the given short name, or null. */
    public PluginWrapper getPlugin(String shortName) {
        return plugins.stream()
                .filter(plugin -> plugin.getShortName().equals(shortName))
                .findFirst()
                .orElse(null);
    }

    /** The plugin a class comes from, or null. */
    public PluginWrapper whichPlugin(Class c) {
        return plugins.stream()
                .filter(plugin -> plugin.classLoader == c.getClassLoader())
                .findFirst()
                .orElse(null);
    }

    @Override
    public String getDisplayName() {
        return "Plugins";
    }

    @Override
    public String getSearchName() {
        return null;
    }

    @Override
    public String getSearchUrl() {
        return "pluginManager";
    }
}
