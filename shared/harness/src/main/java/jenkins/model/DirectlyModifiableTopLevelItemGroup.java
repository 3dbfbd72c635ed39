package jenkins.model;

import hudson.model.TopLevelItem;
import java.io.IOException;

/** A group into which items can be moved. */
public interface DirectlyModifiableTopLevelItemGroup extends ModifiableTopLevelItemGroup {
    /** Whether the item may be put here. */
    boolean canAdd(TopLevelItem item);

    /** Puts the item here. */
    <I extends TopLevelItem> I add(I item, String name) throws IOException, IllegalArgumentException;

    /** Takes the item out, without deleting it. */
    void remove(TopLevelItem item) throws IOException, IllegalArgumentException;
}
