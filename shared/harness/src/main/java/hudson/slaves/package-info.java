/** Where agents come from, and which of their folders are in use. */
package hudson.slaves;
