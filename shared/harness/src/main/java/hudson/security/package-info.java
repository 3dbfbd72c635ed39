/** Users, permissions and who has which. */
package hudson.security;
