package hudson.model;

import hudson.ExtensionPoint;

/** An action of Jenkins itself, found as an extension. */
public interface RootAction extends Action, ExtensionPoint {
    /** Whether a person would come here first. */
    default boolean isPrimaryAction() {
        return false;
    }
}
