/** How fast a terminal is beside kubectl. */
package io.jenkins.plugins.shera.terminal.bench;
