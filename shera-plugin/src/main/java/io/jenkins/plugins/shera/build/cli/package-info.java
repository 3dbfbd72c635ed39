/** Projects from the command line of Jenkins. */
package io.jenkins.plugins.shera.build.cli;
