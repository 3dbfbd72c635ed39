package jenkins.model;

import hudson.model.ModifiableItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import java.io.IOException;
import java.io.InputStream;

/** A group in which projects can be made. */
public interface ModifiableTopLevelItemGroup extends ModifiableItemGroup<TopLevelItem> {
    /** Makes a copy of an item. */
    <T extends TopLevelItem> T copy(T src, String name) throws IOException;

    /** Makes an item from its configuration file. */
    TopLevelItem createProjectFromXML(String name, InputStream xml) throws IOException;

    /** Makes an item. */
    TopLevelItem createProject(TopLevelItemDescriptor type, String name, boolean notify) throws IOException;
}
