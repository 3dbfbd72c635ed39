package jenkins.model;

/** A computer as seen by pages. */
public interface IComputer extends hudson.security.AccessControlled {
    String getName();

    String getDisplayName();

    boolean isOffline();
}
