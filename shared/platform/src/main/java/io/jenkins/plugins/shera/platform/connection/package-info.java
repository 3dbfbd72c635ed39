/** From what is configured to an open connection: credentials looked up, addresses checked, tests of a few seconds. */
package io.jenkins.plugins.shera.platform.connection;
