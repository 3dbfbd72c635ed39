/** Jenkins' base types: extensions, files, processes, environments, plugins. */
package hudson;
