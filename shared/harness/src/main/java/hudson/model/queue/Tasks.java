package hudson.model.queue;

import hudson.ExtensionList;
import hudson.model.Queue;
import org.springframework.security.core.Authentication;

/** What can be asked of a task. */
public class Tasks {
    /** The task a part belongs to. */
    public static Queue.Task getOwnerTaskOf(SubTask t) {
        return t.getOwnerTask();
    }

    /** The item a task is about, or null. */
    public static hudson.model.Item getItemOf(SubTask t) {
        Queue.Task at = getOwnerTaskOf(t);
        while (!(at instanceof hudson.model.Item) && at.getOwnerTask() != at) {
            at = at.getOwnerTask();
        }
        return at instanceof hudson.model.Item ? (hudson.model.Item) at : null;
    }

    /** Who the task runs as. */
    public static Authentication getAuthenticationOf2(Queue.Task t) {
        for (jenkins.security.QueueItemAuthenticator a :
                ExtensionList.lookup(jenkins.security.QueueItemAuthenticator.class)) {
            Authentication found = a.authenticate2(t);
            if (found != null) {
                return found;
            }
        }
        return t.getDefaultAuthentication2();
    }
}
