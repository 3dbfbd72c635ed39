/** Marks in logs. */
package hudson.console;
