package hudson;

import hudson.model.Descriptor;

/** An extension instance with its place in the order. */
public class ExtensionComponent<T> implements Comparable<ExtensionComponent<T>> {
    private final T instance;
    private final double ordinal;

    public ExtensionComponent(T instance, double ordinal) {
        this.instance = instance;
        this.ordinal = ordinal;
    }

    public ExtensionComponent(T instance, Extension annotation) {
        this(instance, annotation.ordinal());
    }

    public ExtensionComponent(T instance) {
        this(instance, 0);
    }

    /** Higher comes first. */
    public double ordinal() {
        return ordinal;
    }

    /** The extension. */
    public T getInstance() {
        return instance;
    }

    /** Whether the extension is a descriptor of the given describable type. */
    public boolean isDescriptorOf(Class<?> type) {
        return instance instanceof Descriptor && ((Descriptor<?>) instance).isSubTypeOf(type);
    }

    @Override
    public int compareTo(ExtensionComponent<T> that) {
        int byOrdinal = Double.compare(that.ordinal, ordinal);
        if (byOrdinal != 0) {
            return byOrdinal;
        }
        if (instance instanceof Descriptor && that.instance instanceof Descriptor) {
            return ((Descriptor<?>) instance)
                    .getDisplayName()
                    .compareTo(((Descriptor<?>) that.instance).getDisplayName());
        }
        return instance.getClass().getName().compareTo(that.instance.getClass().getName());
    }
}
