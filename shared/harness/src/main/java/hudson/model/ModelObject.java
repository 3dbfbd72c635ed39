package hudson.model;

/** Something with a name a person can read. */
public interface ModelObject {
    /** The name shown. */
    String getDisplayName();
}
