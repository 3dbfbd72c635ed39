package jenkins.model;

import hudson.model.ModelObject;
import jenkins.security.stapler.StaplerAccessibleType;

/** A model object with a name that is readable in the whole of Jenkins. */
@StaplerAccessibleType
public interface FullyNamedModelObject extends ModelObject {
    /** Display names from the root. */
    String getFullDisplayName();
}
