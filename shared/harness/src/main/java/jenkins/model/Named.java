package jenkins.model;

/** Something with a name within its parent. */
public interface Named {
    /** The name. */
    String getName();
}
