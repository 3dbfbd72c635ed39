package hudson.search;

/** What the search box finds; the harness has no search box. */
public interface SearchItem {
    /** The name looked for. */
    String getSearchName();

    /** Where it leads. */
    String getSearchUrl();
}
