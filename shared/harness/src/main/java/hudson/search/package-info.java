/** What the search box would find. */
package hudson.search;
