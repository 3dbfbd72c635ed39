package hudson.model;

import java.util.Objects;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Why a build was started. */
public abstract class Cause {
    /** Said in one line. */
    public abstract String getShortDescription();

    /** Called when the cause was added to a build. */
    public void onAddedTo(Run build) {}

    /** Called when the build was read from disk. */
    public void onLoad(Run<?, ?> build) {}

    /** Writes itself to the log. */
    public void print(TaskListener listener) {
        listener.getLogger().println(getShortDescription());
    }

    /** A person started the build. */
    public static class UserIdCause extends Cause {
        private String userId;

        public UserIdCause() {
            this(userIdOf(Jenkins.getAuthentication2()));
        }

        public UserIdCause(String userId) {
            this.userId = userId;
        }

        private static String userIdOf(Authentication a) {
            return hudson.security.ACL.isAnonymous2(a) ? null : a.getName();
        }

        public String getUserId() {
            return userId;
        }

        public String getUserName() {
            User user = userId == null ? null : User.getById(userId, false);
            return user == null ? "anonymous" : user.getDisplayName();
        }

        @Override
        public String getShortDescription() {
            return "Started by user " + getUserName();
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof UserIdCause && Objects.equals(userId, ((UserIdCause) o).userId);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(userId);
        }
    }

    /** A call over the network started the build. */
    public static class RemoteCause extends Cause {
        private final String addr;
        private final String note;

        public RemoteCause(String host, String note) {
            this.addr = host;
            this.note = note;
        }

        @Override
        public String getShortDescription() {
            return note == null
                    ? "Started by remote host " + addr
                    : "Started by remote host " + addr + " with note: " + note;
        }

        public String getAddr() {
            return addr;
        }

        public String getNote() {
            return note;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof RemoteCause
                    && Objects.equals(addr, ((RemoteCause) o).addr)
                    && Objects.equals(note, ((RemoteCause) o).note);
        }

        @Override
        public int hashCode() {
            return Objects.hash(addr, note);
        }
    }

    /** Another build started the build. */
    public static class UpstreamCause extends Cause {
        private final String upstreamProject;
        private final String upstreamUrl;
        private final int upstreamBuild;

        public UpstreamCause(Run<?, ?> up) {
            upstreamProject = up.getParent().getFullName();
            upstreamUrl = up.getParent().getUrl();
            upstreamBuild = up.getNumber();
        }

        public String getUpstreamProject() {
            return upstreamProject;
        }

        public int getUpstreamBuild() {
            return upstreamBuild;
        }

        public String getUpstreamUrl() {
            return upstreamUrl;
        }

        @Override
        public String getShortDescription() {
            return "Started by upstream project \"" + upstreamProject + "\" build number " + upstreamBuild;
        }
    }
}
