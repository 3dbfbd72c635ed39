package hudson.model;

import hudson.ExtensionPoint;

/** An item that people can make. */
public interface TopLevelItem extends Item, ExtensionPoint, Describable<TopLevelItem> {
    @Override
    TopLevelItemDescriptor getDescriptor();
}
