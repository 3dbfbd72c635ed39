/** Commands of Jenkins. */
package hudson.cli;
