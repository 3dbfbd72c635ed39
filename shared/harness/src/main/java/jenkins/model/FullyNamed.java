package jenkins.model;

/** Something with a name that is unique in the whole of Jenkins. */
public interface FullyNamed {
    /** Names from the root, joined by slashes. */
    String getFullName();
}
