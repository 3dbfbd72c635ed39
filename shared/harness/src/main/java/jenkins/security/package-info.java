/** Roles, the class filter and who tasks run as. */
package jenkins.security;
