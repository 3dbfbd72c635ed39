package hudson.remoting;

import java.io.Serializable;
import org.jenkinsci.remoting.RoleSensitive;

/** Work that is sent to a machine. */
public interface Callable<V, T extends Throwable> extends Serializable, RoleSensitive {
    /** Does the work there. */
    V call() throws T;
}
