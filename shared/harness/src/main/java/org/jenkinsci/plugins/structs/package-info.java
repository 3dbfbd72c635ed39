/** Finds what a script names by a symbol. */
package org.jenkinsci.plugins.structs;
