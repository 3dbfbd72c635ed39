/** Tokens that prove where a form came from. */
package hudson.security.csrf;
