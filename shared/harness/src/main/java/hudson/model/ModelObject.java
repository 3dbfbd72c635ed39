package hudson.model;

import jenkins.security.stapler.StaplerAccessibleType;

/** Something with a name a person can read. */
@StaplerAccessibleType
public interface ModelObject {
    /** The name shown. */
    String getDisplayName();
}
