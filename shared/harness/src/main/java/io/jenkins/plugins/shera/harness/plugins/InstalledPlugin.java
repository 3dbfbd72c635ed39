package io.jenkins.plugins.shera.harness.plugins;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;

/** One unpacked plugin with its class loader. */
public final class InstalledPlugin {
    private final File archive;
    private final File folder;
    private final Manifest manifest;
    private ClassLoader loader;

    InstalledPlugin(File archive, File folder, Manifest manifest) {
        this.archive = archive;
        this.folder = folder;
        this.manifest = manifest;
    }

    /** The .hpi file. */
    public File archive() {
        return archive;
    }

    /** The manifest of the .hpi file. */
    public Manifest manifest() {
        return manifest;
    }

    /** Loads the classes of the plugin. */
    public ClassLoader loader() {
        return loader;
    }

    /** Where it was unpacked, with a slash at the end. */
    public URL base() throws MalformedURLException {
        return folder.toURI().toURL();
    }

    void loader(ClassLoader loader) {
        this.loader = loader;
    }

    String name() {
        return manifest.getMainAttributes().getValue("Short-Name");
    }

    boolean isPluginFirst() {
        return "true".equals(manifest.getMainAttributes().getValue("PluginFirstClassLoader"));
    }

    /** Names of other plugins; the value says whether the plugin does without. */
    Map<String, Boolean> dependencies() {
        Map<String, Boolean> found = new LinkedHashMap<>();
        String all = manifest.getMainAttributes().getValue("Plugin-Dependencies");
        if (all != null) {
            for (String each : all.split(",")) {
                found.put(each.split(":")[0].trim(), each.contains("resolution:=optional"));
            }
        }
        return found;
    }

    URL[] classPath() throws IOException {
        List<URL> path = new ArrayList<>();
        File classes = new File(folder, "WEB-INF/classes");
        if (classes.isDirectory()) {
            path.add(classes.toURI().toURL());
        }
        File[] jars = new File(folder, "WEB-INF/lib").listFiles((dir, name) -> name.endsWith(".jar"));
        if (jars != null) {
            Arrays.sort(jars);
            for (File jar : jars) {
                path.add(jar.toURI().toURL());
            }
        }
        return path.toArray(new URL[0]);
    }
}
