package io.jenkins.plugins.shera.harness.remoting;

import java.io.NotSerializableException;
import java.io.Serializable;

/** Stands in the bytes for an object that stays on its side, such as a log. To be returned by {@code writeReplace}. */
public final class RemoteHandle implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int number;

    /** For an object that is on its way in a {@link Crossing}. */
    public RemoteHandle(Object target) throws NotSerializableException {
        Handles handles = Handles.current();
        if (handles == null) {
            throw new NotSerializableException(target.getClass().getName() + " can only cross a channel");
        }
        number = handles.export(target);
    }

    private Object readResolve() {
        return Handles.current().exported(number);
    }
}
