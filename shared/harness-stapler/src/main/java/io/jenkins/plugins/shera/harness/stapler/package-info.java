/** Makes the Stapler of Maven Central answer to the names that Jenkins 2.541.3 uses. */
package io.jenkins.plugins.shera.harness.stapler;
