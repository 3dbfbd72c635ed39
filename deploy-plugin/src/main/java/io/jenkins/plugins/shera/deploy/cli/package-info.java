/** Commands of this plugin for the command line of Jenkins. */
package io.jenkins.plugins.shera.deploy.cli;
