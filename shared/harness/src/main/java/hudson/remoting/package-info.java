/** The way to a machine, and the filter of what may pass. */
package hudson.remoting;
