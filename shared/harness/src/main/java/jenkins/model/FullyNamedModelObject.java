package jenkins.model;

import hudson.model.ModelObject;

/** A model object with a name that is readable in the whole of Jenkins. */
public interface FullyNamedModelObject extends ModelObject {
    /** Display names from the root. */
    String getFullDisplayName();
}
