package io.jenkins.plugins.shera.harness.plugins;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks Jenkins first, then each of several loaders. */
public final class LoaderGroup extends ClassLoader {
    private final List<ClassLoader> members;

    /** @param core is asked first */
    public LoaderGroup(ClassLoader core, List<ClassLoader> members) {
        super(core);
        this.members = List.copyOf(members);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (ClassLoader member : members) {
            try {
                return member.loadClass(name);
            } catch (ClassNotFoundException e) {
                continue;
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected URL findResource(String name) {
        for (ClassLoader member : members) {
            URL found = own(member, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        Set<URL> found = new LinkedHashSet<>();
        for (ClassLoader member : members) {
            if (member instanceof URLClassLoader) {
                found.addAll(Collections.list(((URLClassLoader) member).findResources(name)));
            }
        }
        return Collections.enumeration(found);
    }

    private static URL own(ClassLoader member, String name) {
        return member instanceof URLClassLoader ? ((URLClassLoader) member).findResource(name) : null;
    }
}
