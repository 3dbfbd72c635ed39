/** API tokens of users. */
package jenkins.security.apitoken;
