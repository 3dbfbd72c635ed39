/** Marks what exists on the controller only. */
package jenkins.util.io;
