/** Loads built .hpi files by class loaders in Jenkins' order. */
package io.jenkins.plugins.shera.harness.plugins;
