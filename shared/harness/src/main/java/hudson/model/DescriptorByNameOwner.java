package hudson.model;

import jenkins.model.Jenkins;

/** Gives access to descriptors below its URL, so that their checks know the object. */
public interface DescriptorByNameOwner extends ModelObject {
    /** The descriptor of the given id, or null. */
    default Descriptor getDescriptorByName(String id) {
        return Jenkins.get().getDescriptorByName(id);
    }
}
