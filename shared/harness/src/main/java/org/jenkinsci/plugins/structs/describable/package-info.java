/** Turns named arguments into objects and back. */
package org.jenkinsci.plugins.structs.describable;
