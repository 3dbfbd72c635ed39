package hudson;

import hudson.model.Describable;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** The descriptors of one describable type. */
public class DescriptorExtensionList<T extends Describable<T>, D extends Descriptor<T>> extends ExtensionList<D> {
    private final Jenkins jenkins;
    private final Class<T> describableType;

    @SuppressWarnings({"unchecked", "rawtypes"})
    protected DescriptorExtensionList(Jenkins jenkins, Class<T> describableType) {
        super(jenkins, (Class) Descriptor.class);
        this.jenkins = jenkins;
        this.describableType = describableType;
    }

    /** Makes the list for a describable type; {@link Jenkins} keeps it. */
    public static <T extends Describable<T>, D extends Descriptor<T>>
            DescriptorExtensionList<T, D> createDescriptorList(Jenkins jenkins, Class<T> describableType) {
        return new DescriptorExtensionList<>(jenkins, describableType);
    }

    /** The descriptor whose id or class name is given, or null. */
    public D find(String id) {
        return Descriptor.findById(this, id);
    }

    /** The descriptor of the given describable class, or null. */
    public D find(Class<? extends T> type) {
        return Descriptor.find(this, type.getName());
    }

    /** The descriptor by the class name of its describable, or null. */
    public D findByName(String fullyQualifiedClassName) {
        return Descriptor.find(this, fullyQualifiedClassName);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    protected List<ExtensionComponent<D>> load() {
        List<ExtensionComponent<D>> mine = new ArrayList<>();
        if (jenkins == null) {
            return mine;
        }
        for (Descriptor d : jenkins.getExtensionList(Descriptor.class)) {
            if (d.getT() == describableType) {
                mine.add(new ExtensionComponent<>((D) d));
            }
        }
        return mine;
    }

    @Override
    protected List<ExtensionComponent<D>> sort(List<ExtensionComponent<D>> components) {
        return components;
    }
}
