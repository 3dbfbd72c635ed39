/** Who is told what happens to items, builds and files. */
package hudson.model.listeners;
