/** Roles of the two sides of a channel. */
package org.jenkinsci.remoting;
