/** Keeps credentials by domain, for Jenkins and for folders. */
package io.jenkins.plugins.shera.harness.credentials;
