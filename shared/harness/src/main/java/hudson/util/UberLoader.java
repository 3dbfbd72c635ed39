package hudson.util;

import jenkins.model.Jenkins;

/** Sees the classes of whatever Jenkins runs at the time. */
final class UberLoader extends ClassLoader {
    UberLoader() {
        super(XStream2.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins != null && jenkins.getPluginManager() != null) {
            return jenkins.getPluginManager().uberClassLoader.loadClass(name);
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context == null || context == this) {
            throw new ClassNotFoundException(name);
        }
        return context.loadClass(name);
    }
}
