/** Real registries for tests, and a proxy that makes them misbehave. */
package io.jenkins.plugins.shera.oci.server;
