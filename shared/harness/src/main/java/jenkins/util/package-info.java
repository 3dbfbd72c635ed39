/** The timer and files that may be elsewhere. */
package jenkins.util;
