/** Starts and stops the harness in Jenkins' order. */
package io.jenkins.plugins.shera.harness.lifecycle;
