/** Marks that say what is part of an address. */
package jenkins.security.stapler;
