package hudson.model;

/** Descriptor of a {@link UserProperty}. */
public abstract class UserPropertyDescriptor extends Descriptor<UserProperty> {
    protected UserPropertyDescriptor(Class<? extends UserProperty> clazz) {
        super(clazz);
    }

    protected UserPropertyDescriptor() {}

    /** The property a new user gets, or null. */
    public abstract UserProperty newInstance(User user);
}
