package jenkins.model;

import hudson.model.TaskListener;
import hudson.model.User;
import java.io.Serializable;

/** Why a build was stopped. */
public abstract class CauseOfInterruption implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Said in one line. */
    public abstract String getShortDescription();

    /** Writes itself to the log. */
    public void print(TaskListener listener) {
        listener.getLogger().println(getShortDescription());
    }

    /** A person stopped the build. */
    public static final class UserInterruption extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String user;

        public UserInterruption(User user) {
            this.user = user.getId();
        }

        public UserInterruption(String userId) {
            this.user = userId;
        }

        public User getUserOrNull() {
            return User.getById(user, false);
        }

        public String getUserId() {
            return user;
        }

        @Override
        public String getShortDescription() {
            return "Aborted by " + user;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof UserInterruption && user.equals(((UserInterruption) o).user);
        }

        @Override
        public int hashCode() {
            return user.hashCode();
        }
    }
}
