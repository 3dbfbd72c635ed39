package io.jenkins.plugins.shera.harness.plugins;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Prefers the classes and resources of the plugin to those of Jenkins and of other plugins. */
final class PluginFirstLoader extends URLClassLoader {
    PluginFirstLoader(URL[] urls, ClassLoader parent) {
        super(urls, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null && !name.startsWith("java.")) {
                try {
                    found = findClass(name);
                } catch (ClassNotFoundException e) {
                    // not one of the plugin's: the parent is asked below
                    found = null;
                }
            }
            return found != null ? found : super.loadClass(name, resolve);
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Set<URL> found = new LinkedHashSet<>(Collections.list(findResources(name)));
        found.addAll(Collections.list(super.getResources(name)));
        return Collections.enumeration(found);
    }
}
