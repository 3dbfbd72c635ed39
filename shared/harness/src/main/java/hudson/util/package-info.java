/** Saving, forms, listeners, secrets and collections of Jenkins. */
package hudson.util;
