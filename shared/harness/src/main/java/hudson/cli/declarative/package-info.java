/** Annotations by which methods become commands. */
package hudson.cli.declarative;
