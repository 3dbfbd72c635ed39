package jenkins.security;

import hudson.ExtensionPoint;
import hudson.model.Queue;
import org.springframework.security.core.Authentication;

/** Decides who a task runs as; here any extension of the type is asked. */
public abstract class QueueItemAuthenticator
        implements hudson.model.Describable<QueueItemAuthenticator>, ExtensionPoint {
    /** Who the item runs as, or null to leave it open. */
    public Authentication authenticate2(Queue.Item item) {
        return authenticate2(item.task);
    }

    /** Who the task runs as, or null to leave it open. */
    public Authentication authenticate2(Queue.Task task) {
        return null;
    }
}
