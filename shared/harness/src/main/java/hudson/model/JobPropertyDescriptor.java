package hudson.model;

import io.jenkins.plugins.shera.harness.extension.TypeArguments;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;

/** Descriptor of a {@link JobProperty}. */
public abstract class JobPropertyDescriptor extends Descriptor<JobProperty<?>> {
    protected JobPropertyDescriptor(Class<? extends JobProperty<?>> clazz) {
        super(clazz);
    }

    protected JobPropertyDescriptor() {}

    /** Whether jobs of the type can have the property. */
    public boolean isApplicable(Class<? extends Job> jobType) {
        Class<?> accepted = TypeArguments.first(clazz, JobProperty.class);
        return accepted == null || accepted.isAssignableFrom(jobType);
    }

    /** The descriptors for jobs of the type. */
    public static List<JobPropertyDescriptor> getPropertyDescriptors(Class<? extends Job> clazz) {
        return all().stream().filter(d -> d.isApplicable(clazz)).toList();
    }

    /** All descriptors. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static Collection<JobPropertyDescriptor> all() {
        return (Collection) Jenkins.get().getDescriptorList((Class) JobProperty.class);
    }
}
