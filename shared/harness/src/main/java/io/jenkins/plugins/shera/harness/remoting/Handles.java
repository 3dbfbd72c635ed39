package io.jenkins.plugins.shera.harness.remoting;

import hudson.remoting.ClassFilter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.ArrayList;
import java.util.List;

/** Copies values through bytes; what cannot be copied but may be used from afar passes as a handle. */
final class Handles implements AutoCloseable {
    private static final ThreadLocal<Handles> CURRENT = new ThreadLocal<>();

    private final Handles outer = CURRENT.get();
    private final List<Object> exported = new ArrayList<>();

    Handles() {
        CURRENT.set(this);
    }

    static Handles current() {
        return CURRENT.get();
    }

    int export(Object value) {
        exported.add(value);
        return exported.size() - 1;
    }

    Object exported(int number) {
        return exported.get(number);
    }

    @SuppressWarnings("unchecked")
    <V> V copy(V value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        ClassLoader loader = value == null ? null : value.getClass().getClassLoader();
        try (ObjectInputStream in = new FilteredInput(new ByteArrayInputStream(bytes.toByteArray()), loader)) {
            return (V) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    private static final class FilteredInput extends ObjectInputStream {
        private final ClassLoader loader;

        FilteredInput(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            ClassFilter.DEFAULT.check(description.getName());
            Class<?> found;
            try {
                found = Class.forName(description.getName(), false, loader());
            } catch (ClassNotFoundException e) {
                found = super.resolveClass(description);
            }
            return ClassFilter.DEFAULT.check(found);
        }

        private ClassLoader loader() {
            jenkins.model.Jenkins running = jenkins.model.Jenkins.getInstanceOrNull();
            return loader != null
                    ? loader
                    : running != null ? running.getPluginManager().uberClassLoader : Handles.class.getClassLoader();
        }
    }
}
