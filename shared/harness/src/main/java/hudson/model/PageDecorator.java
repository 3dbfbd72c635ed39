package hudson.model;

import hudson.ExtensionList;
import hudson.ExtensionPoint;

/** Adds to every page: {@code header.jelly} in the head, {@code footer.jelly} at the end. */
public abstract class PageDecorator extends Descriptor<PageDecorator>
        implements ExtensionPoint, Describable<PageDecorator> {
    protected PageDecorator() {
        super(self());
    }

    @Override
    public final Descriptor<PageDecorator> getDescriptor() {
        return this;
    }

    public static ExtensionList<PageDecorator> all() {
        return ExtensionList.lookup(PageDecorator.class);
    }
}
