package hudson.model;

/** A describable that can change itself by a form. */
public interface ReconfigurableDescribable<T extends ReconfigurableDescribable<T>> extends Describable<T> {}
