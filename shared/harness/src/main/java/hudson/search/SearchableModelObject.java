package hudson.search;

import hudson.model.ModelObject;

/** A model object that the search box finds; the harness has no search box. */
public interface SearchableModelObject extends ModelObject, SearchItem {}
