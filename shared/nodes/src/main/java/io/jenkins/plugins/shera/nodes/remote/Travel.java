package io.jenkins.plugins.shera.nodes.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Java objects as bytes and back: only our own classes and plain ones of Java, within limits, whoever sent them. */
final class Travel {
    private static final ObjectInputFilter OURS =
            ObjectInputFilter.Config.createFilter("maxdepth=60;maxrefs=2000000;maxarray=67108864;maxbytes=67108864;"
                    + "io.jenkins.plugins.shera.**;java.lang.*;java.util.*;java.time.*;!*");

    private Travel() {}

    static byte[] pack(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(object);
        }
        return bytes.toByteArray();
    }

    static <T> T unpack(byte[] bytes, Class<T> type, ClassLoader loader) throws IOException {
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            protected Class<?> resolveClass(java.io.ObjectStreamClass wanted)
                    throws IOException, ClassNotFoundException {
                // The loader of the errand, not that of whoever called: inside Jenkins each plugin has its own.
                try {
                    return Class.forName(wanted.getName(), false, loader);
                } catch (ClassNotFoundException e) {
                    return super.resolveClass(wanted);
                }
            }
        }) {
            objects.setObjectInputFilter(OURS);
            return type.cast(objects.readObject());
        } catch (ClassNotFoundException | ClassCastException | java.io.InvalidClassException e) {
            throw new IOException("What came from the other side is nothing that we know: " + e.getMessage(), e);
        }
    }
}
