/** Which folders of a node are in use. */
package hudson.slaves;
