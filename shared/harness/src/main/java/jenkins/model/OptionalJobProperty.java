package jenkins.model;

import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.JobPropertyDescriptor;

/** A job property with a check box. */
public abstract class OptionalJobProperty<J extends Job<?, ?>> extends JobProperty<J> {
    @Override
    public OptionalJobPropertyDescriptor getDescriptor() {
        return (OptionalJobPropertyDescriptor) super.getDescriptor();
    }

    /** Descriptor of a job property with a check box. */
    public abstract static class OptionalJobPropertyDescriptor extends JobPropertyDescriptor {
        protected OptionalJobPropertyDescriptor(Class<? extends JobProperty<?>> clazz) {
            super(clazz);
        }

        protected OptionalJobPropertyDescriptor() {}
    }
}
