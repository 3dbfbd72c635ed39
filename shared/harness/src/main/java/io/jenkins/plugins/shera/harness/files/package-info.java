/** Files of the controller: permissions and Ant patterns. */
package io.jenkins.plugins.shera.harness.files;
