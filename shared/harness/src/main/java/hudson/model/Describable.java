package hudson.model;

import jenkins.model.Jenkins;

/** Something configurable; its {@link Descriptor} says how. */
public interface Describable<T extends Describable<T>> {
    /** The descriptor of this class. */
    @SuppressWarnings("unchecked")
    default Descriptor<T> getDescriptor() {
        return Jenkins.get().getDescriptorOrDie(getClass());
    }
}
