package hudson.model;

/** Adds a page, and state, to a model object. */
public interface Action extends ModelObject {
    /** The icon, or null to stay out of the side panel. */
    String getIconFileName();

    @Override
    String getDisplayName();

    /** The path segment, or null for none. */
    String getUrlName();
}
