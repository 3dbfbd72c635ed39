/** Commands of Jenkins' command line. */
package io.jenkins.plugins.shera.terminal.cli;
