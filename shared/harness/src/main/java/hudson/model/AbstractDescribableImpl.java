package hudson.model;

/** A describable whose descriptor is a nested extension. */
public abstract class AbstractDescribableImpl<T extends AbstractDescribableImpl<T>> implements Describable<T> {}
